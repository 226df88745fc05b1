//! The macro that writes a sheet of doors.

/// Writes a sheet of doors: rows and handlers from the same lines.
///
/// ```
/// # #[derive(Clone)] pub struct Site;
/// # async fn front() -> web::Answer { web::Answer::empty() }
/// # async fn search() -> web::Answer { web::Answer::empty() }
/// web::doors! {
///     /// The reader's doors.
///     pub fn doors() -> Doors<Site>;
///     FRONT: Get "/" => front, who: Anyone, cache: Page, rate: READING, gate: Open;
///     SEARCH: Get "/search" => search, who: Anyone, cache: Page, rate: SEARCH, gate: Open,
///         query: ["q", "page"];
/// }
/// # fn main() {
/// assert_eq!(rows::SEARCH.query, ["q", "page"]);
/// assert_eq!(doors().rows(), ROWS);
/// # }
/// ```
///
/// It makes `fn doors()`, `static ROWS: &[Row]` and `mod rows` with one `static` for each row.
/// After `gate` may follow `body_limit: BYTES`, `query: [KEYS]`, `shield: Site|Desk|Preview|Media|Frame` and
/// `case: Small|Exact`. `rate` names a constant of [`crate::rate`]. A row that contradicts itself
/// does not compile:
///
/// ```compile_fail
/// # #[derive(Clone)] pub struct Site;
/// # async fn gate() -> web::Answer { web::Answer::empty() }
/// web::doors! {
///     pub fn doors() -> Doors<Site>;
///     GATE: Get "/_gate" => gate, who: Anyone, cache: Page, rate: GATE, gate: Gated;
/// }
/// # fn main() {}
/// ```
#[macro_export]
macro_rules! doors {
    (
        $(#[$about:meta])*
        $visibility:vis fn $function:ident() -> Doors<$state:ty>;
        $(
            $(#[$note:meta])*
            $name:ident: $verb:ident $path:literal => $handler:expr,
            who: $who:ident $(($what:ident))?,
            cache: $cache:ident, rate: $rate:ident, gate: $gate:ident
            $(, $key:ident: $value:expr)* $(,)?;
        )+
    ) => {
        $(#[$about])*
        $visibility fn $function() -> $crate::Doors<$state> {
            let mounted = vec![$($crate::doors::Door::new(&rows::$name, $handler)),+];
            $crate::Doors::holding(ROWS, mounted)
        }

        /// Every row of this sheet, in its order.
        $visibility static ROWS: &[$crate::Row] = &[$(rows::$name),+];

        /// The rows of this sheet, one by one.
        $visibility mod rows {
            #[allow(unused_imports)]
            use super::*;
            $(
                $(#[$note])*
                #[doc = concat!("`", stringify!($verb), " ", $path, "`")]
                pub static $name: $crate::Row = {
                    let row = $crate::Row::new(
                        stringify!($name),
                        $crate::Verb::$verb,
                        $path,
                        $crate::doors::Keeping {
                            who: $crate::__who!($who $(($what))?),
                            cache: $crate::Cache::$cache,
                            rate: $crate::rate::$rate,
                            gate: $crate::Gate::$gate,
                        },
                    );
                    $(let row = $crate::__row_extra!(row, $key, $value);)*
                    row.checked()
                };
            )+
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __who {
    (Staff($right:ident)) => {
        $crate::Who::Staff($crate::StaffRight::$right)
    };
    (Machine($scope:ident)) => {
        $crate::Who::Machine($crate::Scope::$scope)
    };
    ($who:ident) => {
        $crate::Who::$who
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __row_extra {
    ($row:ident, body_limit, $value:expr) => {
        $row.with_body_limit($value)
    };
    ($row:ident, query, $value:expr) => {
        $row.with_query(&$value)
    };
    ($row:ident, shield, $value:expr) => {{
        use $crate::Shield::*;
        $row.with_shield($value)
    }};
    ($row:ident, case, $value:expr) => {{
        use $crate::Case::*;
        $row.with_case($value)
    }};
}
