extension NotificationTable {
    /// The spec that goes with the data: what an analyst would declare, and why.
    static let spec = """
        # A simulated experiment on caps for notifications per week, after the notification case of LinkedIn's
        # personalised treatment selection. Everything here is synthetic; truth.csv.gz holds the expected outcomes
        # of every member under every arm (sessions_control, clicks_control, ... disables_cap_high).
        #
        # control   sends events as they come, at most 20 a week: one rule for everybody, as today
        # cap_low   ranks the week's events and sends the best 14 at most
        # cap_mid   the same with 27
        # cap_high  the same with 38
        name: notification-caps
        data: units.csv.gz                # relative to this file
        unit: member                      # the randomisation unit: one row each
        treatment:
          column: arm
          control: control
          arms: [control, cap_low, cap_mid, cap_high]
          shares: [1, 1, 1, 1]            # planned, on any scale
        outcomes:                         # the first is the objective, whose weight is 1
          # visits a week, over the ten weeks of the experiment
          - {name: sessions, direction: maximize}
          # clicks per notification seen; may fall by at most 2%
          - {name: ctr, direction: maximize, ratio: {clicks: impressions}, threshold: {relative: -0.02}}
          # kinds of notification switched off over the ten weeks; may grow by at most 3%
          - {name: disables, direction: minimize, threshold: {relative: -0.03}}
        covariates:                       # all known before the experiment began
          - {column: segment, kind: categorical}   # visit frequency over the quarter before: dormant ... daily
          - visits_28d                    # visits in the 28 days before
          - notifications_28d             # notifications that events raised in the 28 days before, sent or not
          - past_ctr                      # clicks per notification seen, before; missing for some
          - muted_kinds                   # kinds of notification switched off so far
          - connections
          - tenure_days
          - weekend_share                 # share of visits at weekends; missing for some
          - {column: region, kind: categorical}
          - {column: language, kind: categorical}
          - {column: device, kind: categorical}
          - is_premium                    # 0 or 1
        splits: {seed: 7, confirm: 0.3, folds: 5}
        effects: {learner: t}             # one boosted-tree model per arm and outcome, fitted by fold

        """
}
