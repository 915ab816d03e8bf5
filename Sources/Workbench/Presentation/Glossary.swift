/// The terms of the screens, in two plain sentences each: what it is, and how to read it. `i` on a screen and
/// `espalier help TERM` print the same.
package enum Glossary: String, CaseIterable, Sendable {
    case sampleRatio = "srm"
    case interval, marks, limit, balance
    case fewEvents = "few-events"
    case honestTree = "honest"
    case leaf, importance, cohort
    case cohortGroup = "cohort-group"
    case quantileWords = "quantile-words"
    case doublyRobust = "dr"
    case weight, bias, shrinkage
    case bestArm = "best-arm"
    case effectiveSample = "effective-sample"
    case symbols
    case front, hypervolume, splits, look, optimism, kept
    case heterogeneity
    case tauRisk = "tau-risk"
    case autoc, calibration
    case plugIn = "plug-in"
    case corrected, folds
    case price, area
    case line
    case maxT = "max-t"
    case probabilityBest = "p-best"
    case sequence = "confidence-sequence"
    case effectiveRank = "effective-rank"

    package var title: String {
        switch self {
        case .sampleRatio: "SRM, sample ratio mismatch"
        case .interval: "±, the 95% interval"
        case .marks: "▲ ▼ · and ✓ ? ✗"
        case .limit: "limit"
        case .balance: "balance, the standardised difference"
        case .fewEvents: "few events"
        case .honestTree: "honest tree"
        case .leaf: "leaf"
        case .importance: "importance"
        case .cohort: "cohort"
        case .cohortGroup: "group of cohorts"
        case .quantileWords: "low 30%, high 7%, mid 40-93%"
        case .doublyRobust: "DR, the doubly robust estimate"
        case .weight: "weight"
        case .bias: "bias of an arm"
        case .shrinkage: "shrinkage, alpha"
        case .bestArm: "best single arm"
        case .effectiveSample: "effective sample"
        case .symbols: "symbols of the plot"
        case .front: "front"
        case .hypervolume: "hypervolume"
        case .splits: "tune and confirm"
        case .look: "look"
        case .optimism: "optimism"
        case .kept: "keeps every limit, with a probability"
        case .heterogeneity: "do effects differ between units?"
        case .tauRisk: "tau-risk"
        case .autoc: "AUTOC and Qini"
        case .calibration: "calibration"
        case .plugIn: "plug-in"
        case .corrected: "corrected"
        case .folds: "folds"
        case .price: "price of a limit"
        case .area: "area under the cost curve"
        case .line: "line of online against offline"
        case .maxT: "max-t interval"
        case .probabilityBest: "P(best)"
        case .sequence: "confidence sequence"
        case .effectiveRank: "effective rank"
        }
    }

    package var words: String {
        switch self {
        case .sampleRatio:
            """
            A chi-square test of the arms' counts against the planned shares. A small p (below 0.001) means that units got \
            lost or were sent elsewhere by arm, and then no effect can be trusted.
            """
        case .interval:
            """
            The estimate and half the width of its 95% interval: of a hundred such intervals about 95 hold the truth. Where \
            0 lies inside, the change may be chance.
            """
        case .marks:
            """
            ▲ surely better, ▼ surely worse, · not sure, by the whole interval. ✓ a limit kept by the whole interval, ? by the \
            estimate only, ✗ broken by the estimate.
            """
        case .limit:
            """
            The least change against control that an outcome may have, set as its threshold in the spec. A policy that is to \
            be run should keep it by its whole interval.
            """
        case .balance:
            """
            The difference of a covariate's mean between arms in standard deviations. Randomised arms differ by little (below \
            0.1); the check tests all covariates together.
            """
        case .fewEvents:
            """
            An outcome that happens to fewer than ten units of an arm tells little, and its normal interval is too short. Its \
            error is then at least what the pooled rate makes it, and cohorts of fewer than 30 units, or whose interval is wider than \
            twice control's mean to either side, say "few" instead of a number.
            """
        case .honestTree:
            """
            One half of the tune units chooses the splits, the other half estimates the leaves. So a leaf's effect is not \
            flattered by having been chosen.
            """
        case .leaf:
            """
            A group of units that a tree puts together by its rules, with the effect estimated on the estimating half. It is the \
            effect of one arm on one outcome against control, there.
            """
        case .importance:
            """
            How much of the tree's gain in splitting came from each covariate. It says what the tree used, not what causes the \
            difference.
            """
        case .cohort:
            """
            Units that fall into the same leaf of every tree (merged), or of one tree for all arms and outcomes (joint). An \
            allocation gives arms cohort by cohort.
            """
        case .cohortGroup:
            """
            Merged cohorts that differ only by splits that tell least: of all trees the splits whose two sides differ least by their \
            errors are taken back until at most twelve combinations are left. A group's effects are those of the tree nodes it \
            lies in, estimated like a leaf's.
            """
        case .quantileWords:
            """
            Where the values lie among all tune units: low 30% are the 30% of units with the lowest values, high 7% the 7% with \
            the highest, mid 40-93% those between. The thresholds themselves stand in the detail below the list, and n shows them \
            in the list.
            """
        case .doublyRobust:
            """
            The outcome under a policy by a model of the outcome, corrected by the units that had the policy's arm. It is right \
            where either the model or the arms' probabilities are, and randomisation makes the latter known.
            """
        case .weight:
            """
            What one unit of an outcome is worth, in units of the first outcome, whose weight is 1. A policy gives each unit the \
            arm with the greatest weighted effect.
            """
        case .bias:
            """
            A bonus or a charge on an arm for everybody, in units of the first outcome. It moves the units that are nearly \
            indifferent first.
            """
        case .shrinkage:
            """
            How far each unit's effect is drawn to the average one: 0 takes the unit's own estimate, 1 the average for \
            everybody. Estimates with much noise earn an alpha near 1.
            """
        case .bestArm:
            """
            The one arm which, given to everybody, is best on the objective inside the limits by its estimates. A personalised \
            policy that does not beat it is not worth its trouble.
            """
        case .effectiveSample:
            """
            How many equally weighted units the estimate is worth: units that had another arm than the policy's tell less. \
            Below 30 an interval is not to be trusted.
            """
        case .symbols:
            """
            A letter is a candidate; ○ the one with the cursor, ● a picked one, ◆ the present policy with its path as the knob \
            turns, ┼ a pinned one, × a single arm, 0 control; dots are other policies of the front, the stairs what they attain, │ and ─ \
            limits, ┃ and ━ the intervals of the candidate with the cursor. ~ in the list says that a candidate cannot be told from a pick, \
            ≈ on an axis that it does not reach control, the policies lying close together and far from 0.
            """
        case .front:
            """
            The policies that no other beats on every outcome at once. Along it more of one outcome costs some of another.
            """
        case .hypervolume:
            """
            The volume between some policies and a reference point that they all improve on, over all outcomes. The larger, the \
            more of the possible trade-offs they cover; picks are chosen to keep as much of it as k can.
            """
        case .splits:
            """
            Policies are searched and tuned on the tune split. Confirm is kept for judging the picked ones, on units that had no \
            part in choosing them.
            """
        case .look:
            """
            Each time estimates on confirm are opened for a policy counts as a look. The more looks, the more what is chosen by \
            them owes to chance.
            """
        case .optimism:
            """
            What was chosen as the best of many looks better on the units it was chosen on than it is. The gap between tune and \
            confirm shows how much.
            """
        case .kept:
            """
            The probability that all limits hold at once, from the joint distribution of the estimates' errors on tune. It is \
            not the same as every interval keeping its own.
            """
        case .heterogeneity:
            """
            A test on units the models never saw: whether those with greater predicted effects have greater effects, after Holm \
            over all learners, arms and outcomes. Where none is detected, one arm for everybody may do as well.
            """
        case .tauRisk:
            """
            The mean squared error of predicted effects up to a constant that is the same for all learners, on units they never \
            saw. The lowest is best; an interval of the difference says whether it is by more than chance.
            """
        case .autoc:
            """
            Order units by predicted effect: AUTOC is the mean gain of treating the top part over treating all, most of it from \
            the very top; Qini weighs every part alike. Above 0 by more than its error, the order tells something.
            """
        case .calibration:
            """
            The slope of true effects on predicted ones, on units the learner never saw. 1 is right, 0 means that predictions \
            say nothing, between them they exaggerate.
            """
        case .plugIn:
            """
            The gain that the cohorts' own estimates promise for the allocation made from them. It is flattered, since the same \
            numbers chose the arms.
            """
        case .corrected:
            """
            The plug-in gain less what the bootstrap says that choosing flattered it by. Where cohorts are many and small the \
            correction is large.
            """
        case .folds:
            """
            The gain of allocations made from some folds and judged on the others. No unit judges an allocation that it helped \
            to choose.
            """
        case .price:
            """
            What one more unit of a limit would bring in the objective: the dual of the limit. A limit with price 0 does not \
            bind.
            """
        case .area:
            """
            The area between the curve of value against cost and the axis, as a part of that of a square: a random order has \
            0.5. Its interval is from resampled units.
            """
        case .line:
            """
            A line through the policies' offline and online effects with errors in both (York). A slope of 1 means that what the \
            log promised comes true online; below 1 it exaggerates.
            """
        case .maxT:
            """
            An interval widened so that the intervals of all policies hold at once in 95 of 100 tests. So the best of several \
            may be believed.
            """
        case .probabilityBest:
            """
            The probability that this policy is the best inside the limits, from the joint distribution of the estimates. Small \
            differences make several policies likely at once.
            """
        case .sequence:
            """
            An interval that holds the truth on all days at once with 95%. It may be looked at daily and acted on at any time, and \
            is wider for it.
            """
        case .effectiveRank:
            """
            How many patterns the experiments' effects share, as the number of singular values that count. A rank far below the \
            number of experiments means that the next one can borrow.
            """
        }
    }

    /// The term of a word, as typed: case, spaces and signs do not matter.
    package static func named(_ word: String) -> Glossary? {
        let plain = word.lowercased().filter { $0.isLetter }
        return allCases.first { $0.rawValue.filter(\.isLetter) == plain }
    }
}
