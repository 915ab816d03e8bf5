/// The JSON Schema of the plans of online tests.
package enum PlanSchema {
    package static let text = #"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "espalier plan of an online test",
          "description": "Gives units their policies and arms, as `espalier assign PLAN DATA` does. Draws are those of policy files: u(salt) of a unit is the uniform draw of seed, salt and the hash of its id (of its cluster's, where there are clusters). A unit is of the slice where u('SALT slice') is below slice; its arm is then that whose stretch of the cumulated assignment.shares holds u('SALT slice-arm'). Any other unit is of the policy whose stretch of the cumulated shares of the policies holds u('SALT policy'), and gets the arm that the policy gives it.",
          "type": "object",
          "required": ["kind", "version", "name", "arms", "outcomes", "policies", "users", "slice", "assignment", "power", "provenance"],
          "properties": {
            "kind": {"const": "online-plan"},
            "version": {"const": 1},
            "name": {"type": "string"},
            "arms": {"type": "array", "minItems": 2, "items": {"type": "string"}, "description": "Control first."},
            "outcomes": {"type": "array", "minItems": 1, "items": {
              "type": "object",
              "required": ["name", "direction", "source", "armCosts", "isInLog"],
              "properties": {
                "name": {"type": "string"},
                "direction": {"enum": ["maximize", "minimize"]},
                "source": {"description": "The columns that it is made of, as in the experiment's spec."},
                "missing": {"description": "What a missing value counts as, as in the spec."},
                "threshold": {"description": "The limit on its difference from control, as in the spec."},
                "armCosts": {"type": "object", "additionalProperties": {"type": "number"}},
                "isInLog": {"type": "boolean", "description": "Whether the log that the policies come from had it."},
                "spread": {"type": "number", "description": "Standard deviation among the log's control units."},
                "index": {"type": "object", "required": ["names", "centres", "intercept", "slopes", "factor"], "description": "Of an outcome by surrogates: intercept + sum of slopes (x - centres); factor times its transpose is the covariance of the coefficients."}
              }
            }},
            "policies": {"type": "array", "minItems": 2, "description": "Control first.", "items": {
              "type": "object",
              "required": ["id", "name", "share", "offline"],
              "properties": {
                "id": {"type": "string", "description": "What stands in files of results."},
                "name": {"type": "string"},
                "candidate": {"type": "integer", "description": "Id in the study; absent for single arms."},
                "share": {"type": "number", "exclusiveMinimum": 0, "maximum": 1, "description": "Of the units outside the slice."},
                "arm": {"type": "string", "description": "That everyone gets; absent where policy decides."},
                "policy": {"description": "See `espalier schema policy`."},
                "offline": {"type": "array", "description": "Differences from control that the log promised.", "items": {
                  "type": "object", "required": ["outcome", "split", "value", "standardError"]
                }}
              }
            }},
            "users": {"type": "integer", "minimum": 1, "description": "Wanted for each policy."},
            "slice": {"type": "number", "minimum": 0, "exclusiveMaximum": 1},
            "assignment": {"type": "object", "required": ["seed", "salt", "shares"], "properties": {
              "seed": {"type": "integer"},
              "salt": {"type": "string", "description": "SALT above."},
              "shares": {"type": "object", "additionalProperties": {"type": "number", "minimum": 0}},
              "unit": {"type": "string", "description": "Column of the unit's id."},
              "cluster": {"type": "string", "description": "Column of the unit's cluster."}
            }},
            "power": {"type": "number"},
            "provenance": {"type": "object"}
          }
        }
        """#
}
