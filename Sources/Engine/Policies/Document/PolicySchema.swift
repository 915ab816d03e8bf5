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
                "levels": {"type": "array", "items": {"type": "string"}, "description": "Categorical: other texts are missing."},
                "text": {"type": "object", "description": "How values are written; absent where they are plain. missing lists texts of missing values, yes and no those of 1 and 0; percent, thousands, decimal and currency are the marks of numbers.",
                  "properties": {
                    "missing": {"type": "array", "items": {"type": "string"}}, "yes": {"type": "array", "items": {"type": "string"}},
                    "no": {"type": "array", "items": {"type": "string"}}, "percent": {"type": "boolean"},
                    "thousands": {"type": "string"}, "decimal": {"type": "string"}, "currency": {"type": "string"}
                  }}
              }
            }},
            "effects": {"oneOf": [
              {"type": "object", "required": ["learner", "models"], "properties": {
                "learner": {"enum": ["t", "s", "t-forest"]},
                "models": {
                  "type": "object",
                  "description": "models[(fold * arms + arm) * outcomes + outcome] predicts the outcome in the arm. tau is the arm's prediction minus control's, in single precision. Null where the outcome's weight is 0.",
                  "required": ["foldCount", "armCount", "outcomeCount", "encoding", "models"],
                  "properties": {
                    "foldCount": {"type": "integer", "minimum": 1},
                    "armCount": {"type": "integer", "minimum": 2},
                    "outcomeCount": {"type": "integer", "minimum": 1},
                    "encoding": {"$ref": "#/$defs/encoding"},
                    "models": {"type": "array", "items": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/boosted"}]}}
                  }
                }
              }},
              {"type": "object", "required": ["learner", "effectModels"], "properties": {
                "learner": {"enum": ["x", "r", "dr", "dml", "hybrid", "tree", "forest"]},
                "effectModels": {
                  "type": "object",
                  "description": "models[(fold * (arms - 1) + arm - 1) * outcomes + outcome] gives tau of the arm (from 1) on the outcome. Null where the outcome's weight is 0.",
                  "required": ["foldCount", "armCount", "outcomeCount", "encoding", "models"],
                  "properties": {
                    "foldCount": {"type": "integer", "minimum": 1},
                    "armCount": {"type": "integer", "minimum": 2},
                    "outcomeCount": {"type": "integer", "minimum": 1},
                    "encoding": {"$ref": "#/$defs/encoding"},
                    "models": {"type": "array", "items": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/effect"}]}}
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
                "cluster": {"type": ["string", "null"], "description": "Column of the unit's cluster: where there is one, every key is that of the cluster's id in place of the unit's, so that units of one cluster go together."},
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
            "encoding": {
              "type": "object",
              "description": "The features that models read: sources[f] names the place of a covariate; with a code the feature is 1 at that level, 0 at others and missing where the covariate is, without one it is the covariate's number, or the code of its level where isCategory is true.",
              "required": ["features", "sources"],
              "properties": {
                "features": {"type": "array", "items": {"type": "object", "required": ["covariate"], "properties": {
                  "covariate": {"type": "string"},
                  "level": {"type": ["string", "null"]}
                }}},
                "sources": {"type": "array", "items": {"type": "object", "required": ["covariate"], "properties": {
                  "covariate": {"type": "integer", "minimum": 0},
                  "code": {"type": ["integer", "null"], "minimum": 0},
                  "isCategory": {"type": "boolean"}
                }}}
              }
            },
            "boosted": {"type": "object", "required": ["base", "trees"],
              "description": "base plus one leaf of every tree, added in order in single precision.",
              "properties": {
                "base": {"type": "number"},
                "trees": {"type": "array", "items": {
                  "type": "object",
                  "description": "Parallel arrays, the root first. feature is -1 in a leaf, whose value is threshold; elsewhere a value below threshold goes left, or, where levels has a list for the node, a code that is not in the list; a missing value goes left where missingLeft is 1.",
                  "required": ["feature", "threshold", "missingLeft", "left", "right"],
                  "properties": {
                    "feature": {"type": "array", "items": {"type": "integer", "minimum": -1}},
                    "threshold": {"type": "array", "items": {"type": "number"}},
                    "missingLeft": {"type": "array", "items": {"enum": [0, 1]}},
                    "levels": {"type": "array", "items": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0, "maximum": 254}}},
                    "left": {"type": "array", "items": {"type": "integer"}},
                    "right": {"type": "array", "items": {"type": "integer"}}
                  }
                }}
              }
            },
            "effect": {"oneOf": [
              {"type": "object", "required": ["kind", "model"], "properties": {
                "kind": {"const": "boosted"},
                "model": {"$ref": "#/$defs/boosted"}
              }},
              {"type": "object", "required": ["kind", "model"], "properties": {
                "kind": {"const": "blend"},
                "model": {"type": "object", "required": ["control", "treated", "share"],
                  "description": "s * control + (1 - s) * treated in single precision, with s = share clamped to 0...1.",
                  "properties": {
                    "control": {"$ref": "#/$defs/boosted"},
                    "treated": {"$ref": "#/$defs/boosted"},
                    "share": {"$ref": "#/$defs/boosted"}
                  }
                }
              }},
              {"type": "object", "required": ["kind", "model"], "properties": {
                "kind": {"const": "linear"},
                "model": {"type": "object", "required": ["intercept", "terms"],
                  "description": "intercept + the sum over terms, in order, of coefficient * value, in double precision and rounded to single. With a centre the value is feature - centre, 0 where the feature is missing; without one it is 1 where the feature is missing and 0 elsewhere.",
                  "properties": {
                    "intercept": {"type": "number"},
                    "terms": {"type": "array", "items": {"type": "object", "required": ["feature", "coefficient"], "properties": {
                      "feature": {"type": "integer", "minimum": 0},
                      "centre": {"type": ["number", "null"]},
                      "coefficient": {"type": "number"}
                    }}}
                  }
                }
              }},
              {"type": "object", "required": ["kind", "model"], "properties": {
                "kind": {"const": "rules"},
                "model": {"type": "object", "required": ["nodes"],
                  "description": "A tree over encoded covariates, the root first. covariate is -1 in a leaf, whose tau is effect; elsewhere a value goes to node left where it is at most atMost, or where its code is among levels, or where there is neither; else to left + 1. A missing value goes left where missingLeft is true.",
                  "properties": {
                    "nodes": {"type": "array", "minItems": 1, "items": {"type": "object",
                      "required": ["covariate", "missingLeft", "left", "effect"],
                      "properties": {
                        "covariate": {"type": "integer", "minimum": -1},
                        "atMost": {"type": ["number", "null"]},
                        "levels": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}},
                        "missingLeft": {"type": "boolean"},
                        "left": {"type": "integer", "minimum": -1},
                        "effect": {"type": "number"}
                      }
                    }}
                  }
                }
              }},
              {"type": "object", "required": ["kind", "model"], "properties": {
                "kind": {"const": "forest"},
                "model": {"type": "object", "required": ["trees", "constant"],
                  "description": "Each tree leads to a leaf: a value goes to node left where it is at most threshold, or its code among levels[node], or where the node has neither; else to left + 1; a missing value goes left where missingLeft is 1; covariate is -1 in a leaf. The k-th leaf has the k-th of treatment, outcome, product and square. With W, Y, P, S their means over the trees that are not empty, summed in order in double precision, tau = (P - W Y)/(S - W W); constant.effect where there are no trees or S - W W is not above 1e-10.",
                  "properties": {
                    "trees": {"type": "array", "items": {"type": "object",
                      "required": ["covariate", "threshold", "levels", "missingLeft", "left", "treatment", "outcome", "product", "square"],
                      "properties": {
                        "covariate": {"type": "array", "items": {"type": "integer", "minimum": -1}},
                        "threshold": {"type": "array", "items": {"type": ["number", "null"]}},
                        "levels": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "integer", "minimum": 0}}},
                        "missingLeft": {"type": "array", "items": {"enum": [0, 1]}},
                        "left": {"type": "array", "items": {"type": "integer", "minimum": 0}},
                        "treatment": {"type": "array", "items": {"type": "number"}},
                        "outcome": {"type": "array", "items": {"type": "number"}},
                        "product": {"type": "array", "items": {"type": "number"}},
                        "square": {"type": "array", "items": {"type": "number"}}
                      }
                    }},
                    "constant": {"type": "object", "required": ["effect"], "properties": {
                      "effect": {"type": "number"},
                      "variance": {"type": "number"}
                    }}
                  }
                }
              }}
            ]},
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
                    "limit": {"enum": ["inside", "uncertain", "outside", null]},
                    "fewEvents": {"type": "object", "additionalProperties": {"type": "integer", "minimum": 0}, "description": "Events by arm among the units the policy is matched on, for arms with fewer than ten: the error is then at least what the arm's pooled variance makes it."}
                  }
                }}
              }
            }
          }
        }
        """#
}
