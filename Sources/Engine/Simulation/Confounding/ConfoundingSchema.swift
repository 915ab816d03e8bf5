/// The JSON Schema (draft 2020-12) of what `espalier lab --scenario confounded --format json` prints.
package enum ConfoundingSchema {
    package static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Espalier confounding",
          "description": "What rankers and sensitivity figures say of simulated experiments with a confounder that nobody measured, beside what is true; means over experiments. Value and cost are per unit of the whole.",
          "type": "object",
          "required": ["scenario", "units", "experiments", "seed", "share", "levels", "finding"],
          "properties": {
            "scenario": {"const": "confounded"},
            "units": {"type": "integer", "minimum": 200, "description": "That train rankers, and as many that judge them."},
            "experiments": {"type": "integer", "minimum": 1, "description": "Of each strength."},
            "seed": {"type": "integer", "minimum": 0},
            "share": {"type": "number", "description": "Of the units that are targeted where value is shown."},
            "finding": {"type": "string"},
            "levels": {"type": "array", "minItems": 1, "items": {"type": "object",
              "required": ["strength", "confounder", "sensitivity", "rankers"],
              "properties": {
                "strength": {"type": "number", "minimum": 0, "description": "Of the confounder in the arm's logit and, times (1 + x5) / 2, in the value."},
                "confounder": {"type": "object", "required": ["arm", "value"], "description": "Shares of the residual variance that the confounder explains, which robustness is to be held against.", "properties": {
                  "arm": {"type": "number", "minimum": 0, "maximum": 1},
                  "value": {"type": "number", "minimum": 0, "maximum": 1}
                }},
                "sensitivity": {"type": "object", "required": ["effect", "trueEffect", "robustness", "robustnessOfLimit", "eValue", "eValueOfLimit"], "properties": {
                  "effect": {"type": "number", "description": "Average effect on the value by regression."},
                  "trueEffect": {"type": "number"},
                  "robustness": {"type": "number", "minimum": 0, "maximum": 1},
                  "robustnessOfLimit": {"type": "number", "minimum": 0, "maximum": 1},
                  "eValue": {"type": "number", "minimum": 1},
                  "eValueOfLimit": {"type": "number", "minimum": 1}
                }},
                "rankers": {"type": "array", "items": {"type": "object", "required": ["name", "trueArea", "value", "trueValue"], "properties": {
                  "name": {"type": "string"},
                  "area": {"type": ["number", "null"], "description": "Under the cost curve of the judging units; random has 0.5."},
                  "trueArea": {"type": "number"},
                  "areaCoverage": {"type": ["number", "null"], "description": "Share of experiments whose 95% interval holds the true area."},
                  "value": {"type": "number", "description": "Of targeting the best share."},
                  "trueValue": {"type": "number"},
                  "valueCoverage": {"type": ["number", "null"]}
                }}}
              }
            }}
          }
        }
        """#
}
