/// The JSON Schema (draft 2020-12) of what `espalier allocate STUDY --format json` prints.
package enum AllocationSchema {
    package static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Espalier allocation",
          "description": "Who gets what in a study under limits. Every estimate is the oriented difference from control in the outcome's own unit: more is better, also of outcomes that are minimised.",
          "type": "object",
          "required": ["method", "kind", "effects", "cohorts", "outcomes", "bootstrap", "prices", "splitCohorts", "iterations", "caveats"],
          "properties": {
            "method": {"enum": ["global", "mixture", "lp", "stochastic", "chance", "member"]},
            "kind": {"type": "string", "description": "merged, joint, or heuristic:covariate:cells,..."},
            "effects": {"enum": ["inherited", "shrunk"], "description": "Whether a cohort has the effects of its leaves or its own, shrunk to those."},
            "cohorts": {"type": "array", "items": {"type": "object", "required": ["id", "rule", "units", "share", "arms"], "properties": {
              "id": {"type": "integer", "minimum": 1},
              "rule": {"type": "string"},
              "units": {"type": "integer", "minimum": 0, "description": "On tune."},
              "share": {"type": "number", "description": "Of the tune units."},
              "arms": {"type": "object", "additionalProperties": {"type": "number"}, "description": "Share by arm, 1 together. By member: what share of the cohort's units gets it."}
            }}},
            "outcomes": {"type": "array", "description": "The objective first.", "items": {"type": "object",
              "required": ["name", "plugIn", "corrected", "fold", "confirm", "threshold", "limit"],
              "properties": {
                "name": {"type": "string"},
                "plugIn": {"$ref": "#/$defs/estimate", "description": "By the effects that the allocation was chosen by: too good where they are estimated."},
                "corrected": {"$ref": "#/$defs/estimate", "description": "Without the optimism that the bootstrap shows; null without resamples and by member."},
                "fold": {"$ref": "#/$defs/estimate", "description": "Doubly robust, each fold's units under what the others chose; the cohorts' trees have seen all folds."},
                "confirm": {"$ref": "#/$defs/estimate", "description": "Doubly robust on confirm; null where it stays closed."},
                "threshold": {"type": ["number", "null"], "description": "The least that the oriented difference has to be."},
                "limit": {"enum": ["inside", "uncertain", "outside", null], "description": "By the last of these estimates that there is."}
              }}},
            "bootstrap": {"type": "object", "required": ["resamples", "infeasible"], "properties": {
              "resamples": {"type": "integer", "minimum": 0},
              "infeasible": {"type": "integer", "minimum": 0, "description": "Resamples whose limits could not all be kept."}
            }},
            "prices": {"type": "object", "additionalProperties": {"type": "number"}, "description": "By limited outcome: what the objective gains when the limit yields by one unit."},
            "splitCohorts": {"type": "integer", "minimum": 0},
            "iterations": {"type": "integer", "minimum": 0},
            "standIn": {"type": "string", "description": "Why the linear programme's allocation stands in for the method's."},
            "candidate": {"type": "integer", "description": "Id of the candidate that it was kept as."},
            "caveats": {"type": "array", "items": {"type": "string"}}
          },
          "$defs": {
            "estimate": {"type": ["object", "null"], "required": ["value", "standardError"], "properties": {
              "value": {"type": "number"},
              "standardError": {"type": ["number", "null"]},
              "low": {"type": ["number", "null"]},
              "high": {"type": ["number", "null"]}
            }}
          }
        }
        """#
}
