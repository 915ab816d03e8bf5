/// The JSON Schema (draft 2020-12) of a policy file, and in its descriptions the rule that anybody can run it by.
package enum PolicySchema {
    package static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Espalier policy",
          "description": "Gives a unit the arm with the highest biases[arm] + sum over outcomes of weights[outcome] * sign * effect, with sign +1 to maximize and -1 to minimize; ties go to the arm listed first. effect is 0 for the first arm (control); for another arm it is tau * scale - (armCosts[arm] - armCosts[control]). Utilities are summed in double precision in the order of outcomes, without fused multiply-add, over effects kept in single precision in units of scale.",
          "type": "object",
          "required": ["kind", "version", "name", "arms", "outcomes", "weights", "biases", "knobs", "covariates", "effects", "assignment", "estimates", "provenance"],
          "properties": {
            "kind": {"const": "linear"},
            "version": {"const": 1},
            "name": {"type": "string"},
            "arms": {"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": true, "description": "Control first."},
            "outcomes": {"type": "array", "minItems": 1, "items": {
              "type": "object",
              "required": ["name", "direction", "scale", "armCosts"],
              "properties": {
                "name": {"type": "string"},
                "direction": {"enum": ["maximize", "minimize"]},
                "scale": {"type": "number", "exclusiveMinimum": 0, "description": "Model outputs are in units of this scale."},
                "armCosts": {"$ref": "#/$defs/numbers", "description": "Cost by arm, in the outcome's unit."}
              }
            }},
            "weights": {"$ref": "#/$defs/numbers", "description": "Canonical weights by outcome; a positive weight means more of what is good."},
            "biases": {"$ref": "#/$defs/numbers", "description": "Canonical biases by arm; control's is 0."},
            "knobs": {"type": "object", "required": ["weights", "biases", "shrinkage"], "description": "What the analyst turned; weights and biases above are their canonical image.",
              "properties": {"weights": {"$ref": "#/$defs/numbers"}, "biases": {"$ref": "#/$defs/numbers"}, "shrinkage": {"$ref": "#/$defs/numbers"}}},
            "covariates": {"type": "array", "description": "How raw values become numbers. Empty fields, NA, NaN and null are missing.", "items": {
              "type": "object",
              "required": ["name", "kind"],
              "properties": {
                "name": {"type": "string"},
                "kind": {"enum": ["numeric", "categorical"]},
                "centre": {"type": "number", "description": "Numeric: the models see value - centre in single precision."},
                "levels": {"type": "array", "items": {"type": "string"}, "description": "Categorical: other texts are missing."}
              }
            }},
            "effects": {"oneOf": [
              {"type": "object", "required": ["learner", "models"], "properties": {
                "learner": {"const": "t"},
                "models": {
                  "type": "object",
                  "description": "models[(fold * arms + arm) * outcomes + outcome] predicts the outcome in the arm: base plus one leaf of every tree, added in order in single precision. tau is the arm's prediction minus control's. Null where the outcome's weight is 0.",
                  "required": ["foldCount", "armCount", "outcomeCount", "encoding", "models"],
                  "properties": {
                    "foldCount": {"type": "integer", "minimum": 1},
                    "armCount": {"type": "integer", "minimum": 2},
                    "outcomeCount": {"type": "integer", "minimum": 1},
                    "encoding": {
                      "type": "object",
                      "required": ["features", "sources"],
                      "properties": {
                        "features": {"type": "array", "items": {"type": "object", "required": ["covariate"], "properties": {
                          "covariate": {"type": "string"},
                          "level": {"type": ["string", "null"], "description": "The feature is 1 at this level, 0 at others, missing where the covariate is."}
                        }}},
                        "sources": {"type": "array", "items": {"type": "object", "required": ["covariate"], "properties": {
                          "covariate": {"type": "integer", "minimum": 0},
                          "code": {"type": ["integer", "null"], "minimum": 0}
                        }}}
                      }
                    },
                    "models": {"type": "array", "items": {"oneOf": [
                      {"type": "null"},
                      {"type": "object", "required": ["base", "trees"], "properties": {
                        "base": {"type": "number"},
                        "trees": {"type": "array", "items": {
                          "type": "object",
                          "description": "Parallel arrays, the root first. feature is -1 in a leaf, whose value is threshold; elsewhere a value below threshold goes left, a missing one left where missingLeft is 1.",
                          "required": ["feature", "threshold", "missingLeft", "left", "right"],
                          "properties": {
                            "feature": {"type": "array", "items": {"type": "integer", "minimum": -1}},
                            "threshold": {"type": "array", "items": {"type": "number"}},
                            "missingLeft": {"type": "array", "items": {"enum": [0, 1]}},
                            "left": {"type": "array", "items": {"type": "integer"}},
                            "right": {"type": "array", "items": {"type": "integer"}}
                          }
                        }}
                      }}
                    ]}}
                  }
                }
              }},
              {"type": "object", "required": ["learner", "columns"], "properties": {
                "learner": {"const": "columns"},
                "columns": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}}, "description": "Column of the data that holds tau, by arm and outcome, in the outcome's unit."}
              }}
            ]},
            "assignment": {
              "type": "object",
              "description": "key = FNV-1a 64 of the unit id's UTF-8 bytes; draw(salt) = mix(mix(key) xor FNV-1a('seed:salt')) with the splitmix64 finaliser as mix. The fold is draw(fold) mod foldCount. A unit is held out where draw(holdout) / 2^64, to 53 bits, is below holdout; its arm is then the one whose stretch of the cumulated shares holds draw(holdoutArm).",
              "required": ["seed", "foldCount", "holdout", "shares", "salts"],
              "properties": {
                "seed": {"type": "integer", "minimum": 0},
                "foldCount": {"type": "integer", "minimum": 1},
                "holdout": {"type": "number", "minimum": 0, "maximum": 1},
                "shares": {"$ref": "#/$defs/numbers"},
                "unit": {"type": ["string", "null"], "description": "Column of the unit's id."},
                "salts": {"type": "object", "required": ["fold", "holdout", "holdoutArm"], "additionalProperties": {"type": "string"}}
              }
            },
            "estimates": {"type": "object", "required": ["tune"], "properties": {
              "tune": {"$ref": "#/$defs/evaluation"},
              "confirm": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/evaluation"}]}
            }},
            "provenance": {"type": "object", "required": ["tool", "specDigest", "dataDigest", "seed"], "properties": {
              "tool": {"type": "string"},
              "specDigest": {"type": "string"},
              "dataDigest": {"type": "string"},
              "seed": {"type": "integer"},
              "candidate": {"type": ["integer", "null"]},
              "caveats": {"type": ["array", "null"], "items": {"type": "string"}}
            }}
          },
          "$defs": {
            "numbers": {"type": "object", "additionalProperties": {"type": "number"}},
            "estimate": {"type": ["object", "null"], "required": ["value"], "properties": {
              "value": {"type": "number"},
              "standardError": {"type": ["number", "null"]},
              "low": {"type": ["number", "null"]},
              "high": {"type": ["number", "null"]}
            }},
            "evaluation": {"type": "object",
              "required": ["estimator", "split", "units", "effectiveSampleSize", "weights", "biases", "shares", "outcomes", "bestArm"],
              "properties": {
                "estimator": {"enum": ["dr", "snips", "ips", "dm", "switch"]},
                "split": {"enum": ["tune", "confirm", "all"]},
                "units": {"type": "integer", "minimum": 0},
                "effectiveSampleSize": {"type": "number", "minimum": 0},
                "weights": {"$ref": "#/$defs/numbers"},
                "biases": {"$ref": "#/$defs/numbers"},
                "shares": {"$ref": "#/$defs/numbers"},
                "bestArm": {"type": "string"},
                "outcomes": {"type": "array", "items": {"type": "object",
                  "required": ["name", "control", "value", "standardError", "difference", "relative", "againstBestArm", "limit"],
                  "properties": {
                    "name": {"type": "string"},
                    "control": {"type": ["number", "null"]},
                    "value": {"type": ["number", "null"]},
                    "standardError": {"type": ["number", "null"]},
                    "difference": {"$ref": "#/$defs/estimate"},
                    "relative": {"$ref": "#/$defs/estimate"},
                    "againstBestArm": {"$ref": "#/$defs/estimate"},
                    "limit": {"enum": ["inside", "uncertain", "outside", null]}
                  }
                }}
              }
            }
          }
        }
        """#
}
