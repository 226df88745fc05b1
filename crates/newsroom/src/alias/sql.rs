//! Every statement about aliases, and nothing else.

store::statements! {
    /// All of them.
    ALL_ALIASES = "SELECT what, slug, leads_to FROM alias";

    /// Where one leads.
    ALIAS = "SELECT leads_to FROM alias WHERE what = $1 AND slug = $2";

    /// A name that leads on.
    PUT_ALIAS = "INSERT INTO alias (what, slug, leads_to) VALUES ($1, $2, $3)
        ON CONFLICT (what, slug) DO UPDATE SET leads_to = excluded.leads_to";

    /// What led to a name leads where that name does.
    FOLLOW = "UPDATE alias SET leads_to = $3 WHERE what = $1 AND leads_to = $2";

    /// A name stands for itself again.
    DROP_ALIAS = "DELETE FROM alias WHERE what = $1 AND slug = $2";
}
