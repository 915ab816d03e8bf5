/// The words by which columns and values tell their part.
enum ProposalWords {
    static let identity: Set<String> = ["id", "uid", "uuid", "guid", "key"]
    static let unit: Set<String> = [
        "user", "unit", "customer", "member", "account", "client", "visitor", "device", "subject", "patient",
        "household",
        "cookie", "person", "profile", "cust",
    ]
    /// The likelier first.
    static let treatment = [
        "treatment", "treat", "arm", "variant", "variation", "assignment", "assigned", "group", "segment", "cell",
        "bucket",
        "condition", "experiment", "test", "exposure", "w", "t", "z",
    ]
    static let control: [(word: String, weight: Int)] = [
        ("control", 100), ("ctrl", 95), ("baseline", 90), ("holdout", 90), ("placebo", 85), ("none", 80), ("no", 70),
        ("default", 65), ("existing", 65), ("current", 65), ("off", 60), ("false", 60), ("0", 60), ("a", 40),
    ]
    static let outcome: Set<String> = [
        "visit", "conversion", "convert", "converted", "spend", "spent", "revenue", "sale", "profit", "gmv", "order",
        "purchase", "purchased", "click", "clicked", "ctr", "session", "engagement", "retention", "retained", "outcome",
        "y", "response", "responded", "target", "signup", "booking", "booked", "margin", "impression", "yield",
        "survival",
    ]
    static let minimised: Set<String> = [
        "churn", "churned", "disable", "disabled", "cost", "unsubscribe", "unsubscribed", "complaint", "latency",
        "error",
        "crash", "crashes", "refund", "optout", "bounce", "bounced", "dropout", "mortality", "death", "cancellation",
        "cancelled",
    ]
    /// Words of what was measured before exposure, whatever else the name says.
    static let earlier: Set<String> = [
        "pre", "prior", "past", "previous", "prev", "history", "historic", "historical", "lag", "last", "before",
        "baseline", "recency", "lifetime",
    ]
    /// Words of columns that only simulated data have: the truth, which no analysis may see.
    static let truth: Set<String> = ["cfactual", "counterfactual", "mu", "tau", "ite", "cate"]
}
