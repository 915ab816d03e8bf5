import Warehouses

/// The JSON Schema of a spec, for editors: what may stand where, not whether the data agree (`espalier check` says that).
package enum SpecSchema {
    private static func oneOf(_ values: [String]) -> String {
        "{\"enum\": [\(values.map { "\"\($0)\"" }.joined(separator: ", "))]}"
    }

    /// Draft 7, which editors know best.
    package static let text = #"""
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Espalier spec",
          "description": "One experiment: its data, arms, outcomes and covariates. `espalier help spec` explains it.",
          "type": "object",
          "required": ["name", "data", "unit", "treatment", "outcomes", "covariates"],
          "additionalProperties": false,
          "properties": {
            "name": {"$ref": "#/$defs/word", "description": "Of the experiment."},
            "data": {"description": "The data file, from the spec's folder; or a list whose first file holds units and arms and whose others are joined on the unit. With engine the units stay there, and sums are asked for.",
              "oneOf": [{"type": "string"}, {"$ref": "#/$defs/file"}, {"type": "array", "minItems": 1, "items": {"oneOf": [{"type": "string"}, {"$ref": "#/$defs/file"}]}}]},
            "unit": {"$ref": "#/$defs/word", "description": "The column of the id that was randomised, or row."},
            "cluster": {"$ref": "#/$defs/word", "description": "The column of households, schools, ... whose units are alike."},
            "treatment": {"type": "object", "required": ["column", "control"], "additionalProperties": false, "properties": {
              "column": {"$ref": "#/$defs/word", "description": "The column of the arms."},
              "control": {"$ref": "#/$defs/word", "description": "The arm that others are compared with."},
              "arms": {"$ref": "#/$defs/words", "description": "All arms, control among them; default: those in the data."},
              "shares": {"type": "array", "items": {"type": "number", "exclusiveMinimum": 0}, "description": "Planned shares on any scale, in the order of arms."},
              "plan": {"const": "unknown", "description": "Beside shares that were counted, not planned."},
              "propensities": {"description": "A column of probabilities for every arm, or estimate where arms were not randomised.",
                "oneOf": [{"const": "estimate"}, {"$ref": "#/$defs/words"}]},
              "trim": {"type": "number", "minimum": 0, "description": "With estimate: units with a smaller propensity are left out."},
              "others": \#(oneOf(OthersRule.allCases.map(\.rawValue)))
            }},
            "outcomes": {"type": "array", "minItems": 1, "description": "The first is the objective, whose weight is 1.", "items": {
              "type": "object", "required": ["name", "direction"], "additionalProperties": false, "properties": {
                "name": {"$ref": "#/$defs/word"},
                "direction": \#(oneOf(Direction.allCases.map(\.rawValue))),
                "column": {"$ref": "#/$defs/word", "description": "Default: its name."},
                "from": {"$ref": "#/$defs/numbers", "description": "A weighted sum of columns, as {spend: 0.4}."},
                "ratio": {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": {"$ref": "#/$defs/word"}, "description": "{numerator: denominator}, linearised."},
                "surrogate": {"type": "object", "required": ["history", "outcome", "columns"], "additionalProperties": false, "description": "A long-term outcome by an index of early ones, fitted on a history that has both.", "properties": {
                  "history": {"type": "string", "description": "A file of the past, from the spec's folder."},
                  "outcome": {"$ref": "#/$defs/word", "description": "The history's column of the long-term outcome."},
                  "columns": {"$ref": "#/$defs/words", "description": "Early outcomes, in history and data alike."},
                  "covariates": {"$ref": "#/$defs/words", "description": "Numbers from before exposure that the index holds fixed, in both files."},
                  "arm": {"$ref": "#/$defs/word", "description": "The history's column of arms, whose effects check the index; default: arm, where there is one."},
                  "control": {"$ref": "#/$defs/word", "description": "The history's control; default: the spec's."}}},
                "armCost": {"$ref": "#/$defs/numbers", "description": "Cost per unit of an arm, in the outcome's unit."},
                "threshold": {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": false, "description": "The least oriented difference from control.",
                  "properties": {"relative": {"type": "number"}, "absolute": {"type": "number"}}},
                "missing": \#(oneOf(MissingRule.allCases.map(\.rawValue))),
                "winsorize": {"type": "number", "exclusiveMinimum": 0.5, "exclusiveMaximum": 1},
                "preperiod": {"$ref": "#/$defs/word", "description": "Column of its value before exposure."},
                "text": {"$ref": "#/$defs/text"},
                "levels": {"$ref": "#/$defs/words", "description": "One outcome for each of these levels of the joined file's by column."}
              }}},
            "covariates": {"type": "array", "minItems": 1, "description": "Columns measured before exposure.", "items": {"oneOf": [
              {"$ref": "#/$defs/word"},
              {"type": "object", "required": ["column"], "additionalProperties": false, "properties": {
                "column": {"$ref": "#/$defs/word"}, "kind": \#(oneOf(CovariateKind.allCases.map(\.rawValue))),
                "text": {"$ref": "#/$defs/text"}}}]}},
            "splits": {"type": "object", "additionalProperties": false, "properties": {
              "seed": {"type": "integer", "minimum": 0},
              "confirm": {"type": "number", "minimum": 0, "maximum": 0.9, "description": "Share of the units kept to confirm on."},
              "folds": {"type": "integer", "minimum": 2, "maximum": 20},
              "rule": \#(oneOf(SplitHash.allCases.map(\.rawValue)))}},
            "effects": {"type": "object", "additionalProperties": false, "properties": {
              "learner": \#(oneOf(LearnerSpec.fitted.map(\.name) + ["cohorts", "pooled", "columns"])),
              "pool": {"type": "string", "description": "With pooled: the pool's file."},
              "base": \#(oneOf(PooledBase.allCases.map(\.rawValue))),
              "columns": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"$ref": "#/$defs/word"}}, "description": "With columns: {arm: {outcome: column of its effect}}."},
              "nuisance": \#(oneOf(NuisanceSpec.allCases.map(\.rawValue))),
              "minimumLeaf": {"type": "integer", "minimum": 2},
              "outcomeModels": {"$ref": "#/$defs/boosting"}, "effectModels": {"$ref": "#/$defs/boosting"},
              "trees": {"type": "integer", "minimum": 2, "maximum": 10000}}},
            "accept": {"type": "object", "description": "Blocking findings let pass, each with a reason.", "additionalProperties": false, "properties": {
              "sampleRatio": {"type": "string"}, "attrition": {"type": "string"}, "balance": {"type": "string"},
              "lateLabels": {"type": "string"},
              "afterExposure": {"type": "object", "additionalProperties": {"type": "string"}}}},
            "text": {"$ref": "#/$defs/text", "description": "How numbers are written where a column says nothing of its own."},
            "attrition": \#(oneOf(AttritionRule.allCases.map(\.rawValue))),
            "cost": {"$ref": "#/$defs/word", "description": "The outcome that is spent where others are gained."}
          },
          "$defs": {
            "word": {"type": ["string", "number", "boolean"]},
            "words": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/word"}},
            "numbers": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "number"}},
            "span": {"type": "string", "pattern": "^[0-9.]+[dhm]$", "description": "As 14d, 36h or 30m."},
            "file": {"type": "object", "oneOf": [{"required": ["file"]}, {"required": ["uri"]}], "additionalProperties": false, "properties": {
              "file": {"type": "string"}, "uri": {"type": "string", "description": "A server's address, as postgresql://host/database, without a password."},
              "table": {"$ref": "#/$defs/word"}, "query": {"type": "string", "description": "In place of a table."},
              "engine": \#(oneOf(EngineKind.allCases.map(\.rawValue))), "sample": {"type": "integer", "minimum": 1000, "description": "Units of the engine that are read into memory."},
              "key": {"$ref": "#/$defs/word"}, "exposure": {"$ref": "#/$defs/word"},
              "grain": \#(oneOf(JoinedFile.Grain.allCases.map(\.rawValue))),
              "crossovers": \#(oneOf(ExposureLog.CrossoverRule.allCases.map(\.rawValue))),
              "aggregate": {"oneOf": [{"$ref": "#/$defs/aggregate"}, {"type": "object", "additionalProperties": {"$ref": "#/$defs/aggregate"}}]},
              "date": {"$ref": "#/$defs/word"}, "window": {"$ref": "#/$defs/span"}, "by": {"$ref": "#/$defs/word"}}},
            "aggregate": \#(oneOf(JoinedFile.Aggregate.allCases.map(\.rawValue))),
            "text": {"type": "object", "additionalProperties": false, "properties": {
              "missing": {"$ref": "#/$defs/texts"}, "yes": {"$ref": "#/$defs/texts"}, "no": {"$ref": "#/$defs/texts"},
              "percent": {"type": "boolean"}, "thousands": {"type": "string"}, "decimal": {"type": "string"},
              "currency": {"type": "string"}}},
            "texts": {"oneOf": [{"$ref": "#/$defs/word"}, {"type": "array", "items": {"$ref": "#/$defs/word"}}]},
            "boosting": {"type": "object", "additionalProperties": false, "properties": {
              "rounds": {"type": "integer", "minimum": 1, "maximum": 10000},
              "depth": {"type": "integer", "minimum": 1, "maximum": 16},
              "learningRate": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
              "lambda": {"type": "number", "minimum": 0}, "minimumChildWeight": {"type": "number", "minimum": 0},
              "subsample": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
              "columnSample": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
              "patience": {"type": "integer", "minimum": 0, "maximum": 10000}}}
          }
        }
        """#
}
