import Texts
import Workbench

extension HelpTopic {
    /// The page, at most 80 columns wide.
    var text: String {
        switch self {
        case .spec: Self.specText
        case .limits: Self.limitsText
        case .estimators: Self.estimatorsText
        case .formats: Self.formatsText
        case .serving: Self.servingText
        case .completions: Self.completionsText
        case .warehouse: Self.warehouseText
        case .terms: Self.termsText
        case .faq: Self.faqText
        }
    }

    /// Every term of the screens.
    private static var termsText: String {
        "TERMS: what the numbers of the screens mean; `i` explains those of a screen with\nits numbers, `espalier help TERM` one.\n\n"
            + Glossary.allCases.map(page).joined(separator: "\n")
    }

    /// One term: how to ask for it, its name, and two sentences.
    static func page(_ term: Glossary) -> String {
        "\(term.rawValue)  \(term.title)\n"
            + TextWidth.wrap(term.words, to: 76).map { "    \($0)\n" }.joined()
    }

    private static let specText = """
        SPEC: one experiment, as YAML. `espalier init data.csv -o spec.yaml` proposes
        one; `espalier check spec.yaml` says what is wrong, with file and line.

          name: emails
          data: hillstrom.csv.gz          # from the spec's folder; or a list, below
          unit: row                       # or the column of the randomised id
          cluster: household              # where units of one are alike
          treatment: {column: segment, control: No E-Mail,
                      arms: [No E-Mail, Mens E-Mail], shares: [1, 1]}
          outcomes:                       # the first is the objective, weight 1
            - {name: visit, direction: maximize}
            - {name: profit, direction: maximize, from: {spend: 0.4},
               armCost: {Mens E-Mail: 0.1}}
            - {name: ctr, direction: maximize, ratio: {clicks: views}, missing: drop}
            - {name: unsubs, direction: minimize, threshold: {relative: -0.02}}
            - {name: stay90, direction: maximize, surrogate: {history: past.csv,
               outcome: stay90, columns: [visits, sessions]}}
          covariates: [recency, {column: zip_code, kind: categorical}]
          splits: {seed: 7, confirm: 0.3, folds: 5}
          effects: {learner: t}           # s t x r dr dml hybrid tree forest stack ...

        treatment  shares: planned ones; propensities: [columns] where they differ by
                   unit, or estimate where nobody randomised; others: drop.
        data       [{file: log.csv, grain: many, exposure: day, aggregate: {x: sum}},
                   {file: events.csv, grain: many, key: user, date: at, window: 14d,
                   aggregate: sum}]: joined on the unit.
        surrogate  an outcome not known yet, as an index of early ones that a history
                   of both is fitted for; `espalier surrogates` judges the index.
        text       {thousands: ",", decimal: ".", missing: ["-"]}: how numbers look.
        attrition  weights: units without an outcome stay, and others stand for them.
        accept     {sampleRatio: why}: lets a blocking finding pass, and says so.
        cost       the outcome that is spent where others are gained (`rank`).

        Editors complete and check specs that name the schema in a line of their own:
          # yaml-language-server: $schema=spec.schema.json
        `init` writes it; `espalier schema spec -o spec.schema.json` makes the file.

        """

    private static let limitsText = """
        LIMITS: a threshold of an outcome is the least oriented difference from
        control that a policy may have: for an outcome to minimise, less is more.

          threshold: {relative: -0.02}    # may lose 2% of control's mean at most
          threshold: {absolute: 0}        # may not lose at all

        A limit is kept (✓, inside) where the whole 95% interval keeps it, unsure (?)
        where only the estimate does, broken (✗, outside) where the estimate breaks it.
        `espalier limits STUDY` finds the best policy whose intervals keep them all;
        `front --feasible` searches only among policies whose estimates do;
        `allocate --limit NAME=relative:-0.02` sets others for cohorts.

        What Espalier itself holds: 32 arms, 32 outcomes, 20 folds; units, columns and
        candidates are bounded by memory (about twice the columns that are read).

        """

    private static let estimatorsText = """
        ESTIMATORS of what a policy would have done, `--estimator NAME`:

          dr      doubly robust, the default: models, corrected by what was observed;
                  right if propensities are, whatever the models say
          snips   self-normalised inverse propensities: no models, wide intervals
          ips     inverse propensities, plain
          dm      the direct method: models alone; its intervals know no bias
          switch  DR where weights 1/e are at most --switch-limit, else the models

        Models are fitted by fold and judge only units they never saw. All intervals
        are 95%. A policy that was chosen on tune looks better there than it is:
        `pick` opens the confirm split, counts the look, and shows both side by side.

        Learners of effects (spec: effects: {learner: NAME}) are another matter:
        `espalier models STUDY` judges them on held-out units, `tune` searches their
        settings, `advise` says which family can find anything at this size.

        """

    private static let formatsText = """
        FORMATS. Results go to stdout, or with -o FILE to a file that is written
        beside its place and renamed when complete; one that is there already is only
        replaced with --force. What was written is said on stderr (-q is quiet).

          --format table   for people; figures are rounded
          --format csv     for tools: long form, one estimate a row, column names in
                           snake_case; --csv-safe disarms spreadsheet formulas
          --format json    everything, unrounded, keys sorted

        Files: spec (YAML), study (SQLite), policy and plan (JSON, .gz if so named),
        theme (YAML), log (JSON lines). `espalier schema NAME` prints the schema of
        each. Data are csv, csv.gz, tsv, jsonl
        or parquet; - is standard input.

        Exit codes: 0 done; 1 a check failed; 64 usage; 65 bad input data; 66 cannot
        open input; 70 internal error; 73 cannot write output; 130 interrupted.

        """

    private static let servingText = """
        SERVING a policy.

          espalier export STUDY --candidate A --holdout 0.03 --kit kit

        makes a folder: the policy, its schema, a scorer in plain Python without
        dependencies, and a page on what must be kept for the policy to be what was
        evaluated: the hash of ids, folds, holdout, and propensities to log.

        Batch:    espalier assign policy.json units.csv -o arms.csv
        Service:  espalier assign policy.json - --format jsonl, kept as a child: one
                  JSON object a line in ({"id": "u1", "recency": 3}), its arm a line
                  out, at once. Missing keys are missing values.

        """

    private static let completionsText = """
        COMPLETIONS of commands, options, files, and of the candidates, arms and
        outcomes of the study that is named on the line.

          bash  espalier --generate-completion-script bash \\
                  > ~/.local/share/bash-completion/completions/espalier
          zsh   espalier --generate-completion-script zsh > ~/.zfunc/_espalier
                (with fpath+=~/.zfunc before compinit in ~/.zshrc)
          fish  espalier --generate-completion-script fish \\
                  > ~/.config/fish/completions/espalier.fish

        The man page: espalier manual | man -l -

        """

    private static let warehouseText = """
        WAREHOUSE: Parquet files and DuckDB databases are read wherever a data file is
        named, through the duckdb command (`espalier engines` says whether it is here,
        and how to get it). `assign` and `effects` write Parquet where the name after
        -o ends so. splits: {rule: md5} splits units as a warehouse can, too.

        From elsewhere take one row for each unit, in any order, as CSV: the id that
        was randomised, its arm, outcomes, covariates from before exposure.

        Events need not be summed up first: a spec joins files of many rows a unit and
        aggregates them in a window from exposure on (`espalier help spec`).

        """

    private static let faqText = """
        FAQ

        Nothing differs between units. What now?  Believe it: `models` tests it, `tree`
          and `report` say so. Give everybody the best arm, or test a larger sample;
          `advise` says how large.
        Why is confirm worse than tune?  The policy was chosen on tune. Confirm is what
          to expect. Every look at it is counted, for it wears out.
        Which candidate should run?  `compare --from A --to B` pairs them unit by unit;
          `report` says whether one is shown to beat the best single arm.
        The numbers differ from my A/B tool's.  `check --show effects` lists plain and
          adjusted differences side by side.
        My file has been changed since.  A study says so and keeps its own numbers;
          `fit` again carries candidates, picks and looks over.
        Two of us want the study.  One writes, others read; `copy` makes a copy at any
          moment.
        Is a result the same tomorrow?  Yes: seeds are in the spec, and neither threads
          nor the order of rows change anything.
        It complains about an option.  `espalier COMMAND --help`; options come after
          the command, and a repeated option adds.

        """
}
