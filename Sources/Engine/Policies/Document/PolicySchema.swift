/// The JSON Schema (draft 2020-12) of a policy file, and in its descriptions the rule that anybody can run it by.
package enum PolicySchema {
    package static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Espalier policy",
          "description": "Gives a unit its arm. Of kind cohort: see cohorts. Of kind ranking: see ranking. Of kind linear: the arm with the highest utility; ties go to the arm listed first, control. Utilities are double precision: start with biases[arm], then for each outcome in the order of outcomes add (weights[outcome] * sign * scale) * effect, products first from the left, sign +1 to maximize and -1 to minimize, without fused multiply-add. control's utility is its bias. effect is single precision, in units of scale: tau - shift, with shift = single(armCosts[arm] / scale) - single(armCosts[control] / scale) and every difference rounded to single; single(x) is the double x rounded to single precision. Version 1 lacks selfTest and the outcomes' centre and is read all the same; readers refuse kinds and newer versions that they do not know. Run selfTest before anything else.",
          "type": "object",
          "required": ["kind", "version", "name", "arms", "outcomes", "covariates", "assignment", "estimates", "provenance", "selfTest"],
          "oneOf": [
            {"required": ["weights", "biases", "knobs", "effects"], "properties": {"kind": {"const": "linear"}}},
            {"required": ["cohorts"], "properties": {"kind": {"const": "cohort"}}},
            {"required": ["ranking"], "properties": {"kind": {"const": "ranking"}}}
          ],
          "properties": {
            "kind": {"enum": ["linear", "cohort", "ranking"]},
            "version": {"enum": [2, 3, 4], "description": "3 where the policy explores (assignment.exploration), 4 where assignment.rule is md5, so that readers who know nothing of it refuse the file."},
            "name": {"type": "string"},
            "arms": {"type": "array", "items": {"type": "string"}, "minItems": 2, "uniqueItems": true, "description": "Control first."},
            "outcomes": {"type": "array", "minItems": 1, "items": {
              "type": "object",
              "required": ["name", "direction", "scale", "centre", "armCosts"],
              "properties": {
                "name": {"type": "string"},
                "direction": {"enum": ["maximize", "minimize"]},
                "scale": {"type": "number", "exclusiveMinimum": 0, "description": "Model outputs are in units of this scale."},
                "centre": {"type": "number", "description": "A model of the outcome itself predicts (value - centre) / scale. tau is a difference, in which centre cancels: add it to show a predicted outcome, never to score."},
                "armCosts": {"$ref": "#/$defs/numbers", "description": "Cost by arm, in the outcome's unit."}
              }
            }},
            "weights": {"$ref": "#/$defs/numbers", "description": "Canonical weights by outcome; a positive weight means more of what is good."},
            "biases": {"$ref": "#/$defs/numbers", "description": "Canonical biases by arm; control's is 0."},
            "knobs": {"type": "object", "required": ["weights", "biases", "shrinkage"], "description": "What the analyst turned; weights and biases above are their canonical image.",
              "properties": {"weights": {"$ref": "#/$defs/numbers"}, "biases": {"$ref": "#/$defs/numbers"}, "shrinkage": {"$ref": "#/$defs/numbers"}}},
            "covariates": {"type": "array", "description": "How raw values become numbers. Of a numeric covariate blanks around the field are dropped: bytes 9 to 13 and 32, and U+0085, U+00A0, U+1680, U+2000 to U+200B, U+2028, U+2029, U+202F, U+205F, U+2060, U+3000 and U+FEFF; true and false (also True, TRUE, False, FALSE) are 1 and 0. Of a categorical one the text is compared byte for byte, blanks included; nothing but blanks is missing. Missing is the empty field, NA, N/A, NaN, nan, null, NULL and None, and what text.missing lists (of a categorical covariate instead of these).", "items": {
              "type": "object",
              "required": ["name", "kind"],
              "properties": {
                "name": {"type": "string"},
                "kind": {"enum": ["numeric", "categorical"]},
                "centre": {"type": "number", "description": "Numeric: the models see single(value - centre), the difference taken in double precision of the nearest double to the text."},
                "levels": {"type": "array", "items": {"type": "string"}, "description": "Categorical: a level's code is its place from 0; other texts are missing."},
                "text": {"type": "object", "description": "How values are written; absent where they are plain. missing lists texts of missing values, yes and no those of 1 and 0; percent, thousands, decimal and currency are the marks of numbers.",
                  "properties": {
                    "missing": {"type": "array", "items": {"type": "string"}}, "yes": {"type": "array", "items": {"type": "string"}},
                    "no": {"type": "array", "items": {"type": "string"}}, "percent": {"type": "boolean"},
                    "thousands": {"type": "string"}, "decimal": {"type": "string"}, "currency": {"type": "string"}
                  }}
              }
            }},
            "cohorts": {"type": "object", "required": ["kind", "trees", "list"], "description": "Kind cohort. A unit walks every tree from its root (node 0) over its encoded covariates; the leaves it comes to, tree by tree, are the leaves of its cohort, whose shares of the arms it draws from, as a held-out unit draws from the planned shares (see assignment) but with salts.cohortArm. A unit whose leaves are those of no cohort gets control.",
              "properties": {
                "kind": {"type": "string", "description": "How the cohorts were made: merged, joint, or heuristic:covariate:cells,..."},
                "trees": {"type": "array", "items": {"type": "object", "required": ["nodes"], "properties": {
                  "nodes": {"type": "array", "minItems": 1, "items": {"type": "object",
                    "required": ["covariate", "missingLeft", "left", "leaf"],
                    "description": "covariate is a place in covariates, -1 in a leaf; a value goes to node left where it is at most atMost, or where its code is among levels, or where there is neither; else to left + 1. A missing value goes left where missingLeft is true. leaf numbers the leaves from 0, -1 elsewhere.",
                    "properties": {
                      "covariate": {"type": "integer", "minimum": -1},
                      "atMost": {"type": ["number", "null"]},
                      "levels": {"type": ["array", "null"], "items": {"type": "integer", "minimum": 0}},
                      "missingLeft": {"type": "boolean"},
                      "left": {"type": "integer", "minimum": -1},
                      "leaf": {"type": "integer", "minimum": -1}
                    }
                  }}
                }}},
                "list": {"type": "array", "minItems": 1, "items": {"type": "object", "required": ["id", "rule", "leaves", "shares"], "properties": {
                  "id": {"type": "integer", "minimum": 1, "description": "The cohort's place in the list, from 1."},
                  "rule": {"type": "string", "description": "The cohort in words."},
                  "leaves": {"type": "array", "items": {"type": "integer", "minimum": 0}, "description": "A leaf of every tree."},
                  "shares": {"$ref": "#/$defs/numbers", "description": "Share by arm, 1 together."}
                }}}
              }
            },
            "ranking": {"type": "object", "required": ["arm", "ranker", "value", "cost", "budget", "seed", "features", "models", "threshold"], "description": "Kind ranking. A unit gets arm where its score is at least threshold, else control, whatever other units there are. Its score is that of models[fold], the fold being that of assignment with ranking's own seed and as many folds as there are models. Scores are double precision without fused multiply-add: a linear function starts with constant and adds coefficients[k] * feature k in their order; linear is one; ratio is value / (cost or floor, whichever is larger); network starts with 0 and adds weight * tanh(input) unit by unit.",
              "properties": {
                "arm": {"type": "string"},
                "ranker": {"type": "string", "description": "How the score was learned."},
                "value": {"type": "string", "description": "The outcome that is gained."},
                "cost": {"type": "string", "description": "The outcome that is spent."},
                "budget": {"type": "string", "description": "What the threshold was chosen for: share:, cost: or price: with a number."},
                "seed": {"type": "integer", "minimum": 0, "maximum": 18446744073709551615},
                "threshold": {"type": "number"},
                "rule": {"enum": ["hash", "md5", null], "description": "As assignment.rule."},
                "features": {"type": "array", "description": "Of the encoded covariate: with centre the value less centre, 0 where it is missing; with level 1 where the code is level, else 0; with neither 1 where the value is missing, else 0.", "items": {"type": "object", "required": ["covariate"], "properties": {
                  "covariate": {"type": "integer", "minimum": 0},
                  "centre": {"type": "number"},
                  "level": {"type": "integer", "minimum": 0, "maximum": 255}
                }}},
                "models": {"type": "array", "minItems": 1, "items": {"oneOf": [
                  {"type": "object", "required": ["kind", "constant", "coefficients"], "properties": {
                    "kind": {"const": "linear"}, "constant": {"type": "number"}, "coefficients": {"type": "array", "items": {"type": "number"}}}},
                  {"type": "object", "required": ["kind", "value", "cost", "floor"], "properties": {
                    "kind": {"const": "ratio"}, "value": {"$ref": "#/$defs/linear"}, "cost": {"$ref": "#/$defs/linear"}, "floor": {"type": "number", "exclusiveMinimum": 0}}},
                  {"type": "object", "required": ["kind", "units"], "properties": {
                    "kind": {"const": "network"},
                    "units": {"type": "array", "items": {"type": "object", "required": ["input", "weight"], "properties": {
                      "input": {"$ref": "#/$defs/linear"}, "weight": {"type": "number"}}}}}}
                ]}}
              }
            },
            "effects": {"oneOf": [
              {"type": "object", "required": ["learner", "models"], "properties": {
                "learner": {"enum": ["t", "s", "t-forest"]},
                "models": {
                  "type": "object",
                  "description": "models[(fold * arms + arm) * outcomes + outcome] predicts the outcome in the arm (see centre). tau is the arm's prediction minus control's (arm 0), rounded to single; costs are taken off after it. Null where the outcome's weight is 0: tau is 0 there.",
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
                "learner": {"enum": ["x", "r", "dr", "dml", "hybrid", "tree", "forest", "stack", "pooled"]},
                "effectModels": {
                  "type": "object",
                  "description": "models[(fold * (arms - 1) + arm - 1) * outcomes + outcome] gives tau of the arm (from 1) on the outcome. Null where the outcome's weight is 0: tau is 0 there.",
                  "required": ["foldCount", "armCount", "outcomeCount", "encoding", "models"],
                  "properties": {
                    "foldCount": {"type": "integer", "minimum": 1},
                    "armCount": {"type": "integer", "minimum": 2},
                    "outcomeCount": {"type": "integer", "minimum": 1},
                    "encoding": {"$ref": "#/$defs/encoding"},
                    "embedding": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/embedding"}]},
                    "models": {"type": "array", "items": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/effect"}]}}
                  }
                }
              }},
              {"type": "object", "required": ["learner", "columns"], "properties": {
                "learner": {"const": "columns"},
                "columns": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}}, "description": "Column of the data that holds tau, by arm and outcome, in the outcome's unit: tau in units of scale is single(double(single(value)) / scale). Columns of outcomes of weight 0 are not read."}
              }}
            ]},
            "assignment": {
              "type": "object",
              "description": "All integers are of 64 bits without sign and wrap around. key is FNV-1a over the UTF-8 bytes of the unit's id as it stands, blanks included: h = 14695981039346656037; for each byte h = (h xor byte) * 1099511628211. mix is the finaliser of splitmix64: z = (z xor z >> 30) * 0xbf58476d1ce4e5b9; z = (z xor z >> 27) * 0x94d049bb133111eb; z xor z >> 31. h(salt) = mix(mix(key) xor FNV-1a(the text 'seed:salt', seed in decimal, such as '7:fold')). The fold is h(salts.fold) mod foldCount. A uniform number is (h >> 11) / 2^53. A unit is held out where that of salts.holdout is below holdout; its arm is then drawn by that of salts.holdoutArm: left = uniform * the sum of shares in the order of arms; the first arm with left < its share, else left = left - share; where rounding leaves none, the last arm with a share above 0. Of the others exploration, where it is there, makes some explore. Where unit is null the id is the record's number in the file from 1, in decimal, unless a column is named. Where rule is md5, m is the MD5 digest of the text 'seed:id' (UTF-8, seed in decimal) as 32 hexadecimal digits, and w1, w2, w3, w4 are their four groups of eight as numbers: the fold is w2 * foldCount / 2^32, rounded down, modulo the number of folds that the models have, and key is w1 * 2^32 + (w3 div 2^31) * 2^31 + fold * 2^26 + (w4 div 2^6), fold being that of foldCount; all else is as above.",
              "required": ["seed", "foldCount", "holdout", "shares", "salts"],
              "properties": {
                "seed": {"type": "integer", "minimum": 0, "maximum": 18446744073709551615},
                "foldCount": {"type": "integer", "minimum": 1},
                "holdout": {"type": "number", "minimum": 0, "maximum": 1},
                "rule": {"enum": ["hash", "md5", null], "description": "By which hash of the ids units fall into folds; null or absent is hash."},
                "shares": {"$ref": "#/$defs/numbers"},
                "unit": {"type": ["string", "null"], "description": "Column of the unit's id; null or absent where each row is one unit."},
                "cluster": {"type": ["string", "null"], "description": "Column of the unit's cluster: where there is one, every key is that of the cluster's id in place of the unit's, so that units of one cluster go together."},
                "exploration": {
                  "type": ["object", "null"],
                  "required": ["kind", "share", "shares"],
                  "description": "Absent or null where the policy alone decides. A unit that is not held out explores where the uniform number of salts.exploration is below share; its arm is then drawn from shares by that of salts.explorationArm, as a held-out unit draws from the planned shares. With a period both salts are followed by ':' and the number of the period in decimal, such as '7:exploration:2945': whole seconds since 1970-01-01T00:00:00Z over period, rounded down. The propensity of an arm, which is to be logged with the unit, is holdout * planned + (1 - holdout) * (share * shares[arm] + (1 - share) * policy), planned being the arm's part of the planned shares and policy 1 for the arm that the policy chooses, else 0 (the arm's share in the unit's cohort, kind cohort).",
                  "properties": {
                    "kind": {"enum": ["epsilon", "thompson"], "description": "epsilon: shares are those of the experiment's plan; thompson: how likely each arm was to be the best for everybody, with a floor."},
                    "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
                    "shares": {"type": "object", "additionalProperties": {"type": "number", "exclusiveMinimum": 0}, "description": "By arm, 1 together."},
                    "period": {"type": ["integer", "null"], "minimum": 1, "description": "Seconds; null or absent where what units drew holds for good."}
                  }
                },
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
            }},
            "launch": {"type": "object", "required": ["outcomes", "units", "days", "users", "shares", "levels", "calibration"], "description": "What `online monitor` compares a launched policy's log with; absent in policies that were exported.", "properties": {
              "outcomes": {"type": "array", "description": "How each outcome is measured, its standard deviation among the log's control units, and the difference from held-out units, which draw from the planned shares, that was promised.", "items": {"type": "object", "required": ["name", "direction", "source", "armCosts", "spread"]}},
              "units": {"type": "integer", "description": "Of the log."},
              "days": {"type": "integer", "description": "Looks that are planned, one a day."},
              "users": {"type": "integer", "description": "Expected by the last of them; confidence sequences are narrowest there."},
              "shares": {"$ref": "#/$defs/numbers", "description": "Of the log's units under the policy, by arm."},
              "levels": {"type": "array", "description": "Means over the log's units: of encoded numbers, of missing values, of levels, and of products of two standardised numbers.", "items": {"type": "object", "required": ["name", "mean", "spread", "units"]}},
              "calibration": {"type": "array", "description": "Slope of outcomes on estimated effects among the log's units, by outcome.", "items": {"type": "object", "required": ["outcome", "slope", "standardError"]}}
            }},
            "selfTest": {"type": "array", "minItems": 1, "description": "Invented units (numbers between two cuts of the models, levels in turn, missing values; no unit of any study) and what comes out for them. A reader scores them first and refuses the file where hash, fold, arm, heldOut or explored differ, or an effect by more than 1e-5 of it (of 1 where it is smaller).", "items": {
              "type": "object",
              "required": ["unit", "covariates", "hash", "fold", "effects", "arm", "heldOut"],
              "properties": {
                "unit": {"type": "string"},
                "covariates": {"type": "object", "additionalProperties": {"type": ["number", "string", "null"]}, "description": "Values as text would give them: a number, a level, or null where missing."},
                "columns": {"oneOf": [{"type": "null"}, {"$ref": "#/$defs/numbers"}], "description": "Supplied effects, by column."},
                "hash": {"type": "string", "pattern": "^[0-9]+$", "description": "key of the unit, in decimal."},
                "fold": {"type": "integer", "minimum": 0},
                "effects": {"type": "object", "additionalProperties": {"$ref": "#/$defs/numbers"}, "description": "effect by arm and outcome of a weight other than 0: net of costs, in units of scale."},
                "cohort": {"type": "integer", "minimum": 0, "description": "Kind cohort: the id of the unit's cohort, 0 where it has none; fold is then 0 and effects empty."},
                "score": {"type": "number", "description": "Kind ranking: the unit's score, to 1e-9 of it (of 1 where it is smaller); effects is then empty."},
                "arm": {"type": "string"},
                "heldOut": {"type": "boolean"},
                "explored": {"type": "boolean", "description": "Policies that explore: whether the unit does in period 0."},
                "propensities": {"type": "array", "items": {"type": "number", "minimum": 0, "maximum": 1}, "description": "Policies that explore: of the arms, in their order, to 1e-9."}
              }
            }}
          },
          "$defs": {
            "numbers": {"type": "object", "additionalProperties": {"type": "number"}},
            "embedding": {
              "type": "object",
              "description": "Values that the models read in place of features. Inputs in order, each single((value - centre) / scale): number reads the encoded value (0 itself where missing); level is 1 where the value is the level of index code, else 0; missing is 1 where the value is missing, else 0. Then layer by layer value[o] = biases[o] + the sum of input[i] * weights[i * outputs + o] in the order of i, all in single precision; between layers values below 0 become 0. Without layers the inputs are the values.",
              "required": ["inputs", "layers"],
              "properties": {
                "inputs": {"type": "array", "items": {"type": "object", "required": ["covariate", "kind", "centre", "scale"], "properties": {
                  "covariate": {"type": "integer", "minimum": 0},
                  "kind": {"enum": ["number", "level", "missing"]},
                  "code": {"type": ["integer", "null"]},
                  "centre": {"type": "number"},
                  "scale": {"type": "number", "exclusiveMinimum": 0}
                }}},
                "layers": {"type": "array", "items": {"type": "object", "required": ["weights", "biases"], "properties": {
                  "weights": {"type": "array", "items": {"type": "number"}},
                  "biases": {"type": "array", "items": {"type": "number"}}
                }}}
              }
            },
            "linear": {"type": "object", "required": ["constant", "coefficients"], "properties": {
              "constant": {"type": "number"}, "coefficients": {"type": "array", "items": {"type": "number"}}
            }},
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
              "description": "base plus one leaf of every tree, added in order, every sum rounded to single. A feature is single precision too.",
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
                  "description": "s * control + (1 - s) * treated, with s = share clamped to 0...1 and each product, difference and sum rounded to single.",
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
                  "description": "intercept + the sum over terms, in order, of coefficient * value, in double precision and rounded to single at the end. With a centre the value is feature - centre, 0 where the feature is missing; without one it is 1 where the feature is missing and 0 elsewhere.",
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
                  "description": "Each tree leads to a leaf: a value goes to node left where it is at most threshold, or its code among levels[node], or where the node has neither; else to left + 1; a missing value goes left where missingLeft is 1; covariate is -1 in a leaf. The k-th leaf has the k-th of treatment, outcome, product and square. With W, Y, P, S their means over the trees that are not empty, summed in order in double precision and divided by their count, tau = (P - W Y)/(S - W W), rounded to single; constant.effect where there are no trees or S - W W is not above 1e-10.",
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
              }},
              {"type": "object", "required": ["kind", "model"], "properties": {
                "kind": {"const": "difference"},
                "model": {"type": "object", "required": ["treated", "control"],
                  "description": "treated - control, rounded to single.",
                  "properties": {
                    "treated": {"$ref": "#/$defs/boosted"},
                    "control": {"$ref": "#/$defs/boosted"}
                  }
                }
              }},
              {"type": "object", "required": ["kind", "model"], "properties": {
                "kind": {"const": "stack"},
                "model": {"type": "object", "required": ["parts"],
                  "description": "A convex combination: the sum over parts, in order, of weight * the part's tau, in double precision and rounded to single at the end. Learners whose weight is 0 are left out.",
                  "properties": {
                    "parts": {"type": "array", "minItems": 1, "items": {"type": "object",
                      "required": ["learner", "weight", "model"],
                      "properties": {
                        "learner": {"type": "string", "description": "For readers: whose model it is; average is the average effect for everybody."},
                        "weight": {"type": "number", "exclusiveMinimum": 0},
                        "model": {"$ref": "#/$defs/effect"}
                      }
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
