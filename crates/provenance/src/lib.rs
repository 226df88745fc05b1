//! Where a picture comes from: what its C2PA manifest says and whether that can be believed, and the manifest that
//! our own files carry.
//!
//! Reading order: [`told`] is what readers may be shown; [`read`](mod@read) verifies a manifest and makes that of it;
//! [`seal`](mod@seal) writes ours, naming the original; [`signing`] is the port to whoever holds the key, and
//! [`hand`] the one who does, in the server.
//!
//! Invariants:
//! - Nothing is fetched: no remote manifest, no revocation list, no time stamp. There is no socket here.
//! - Sealing knows no key: it asks [`signing::Signs`] for each signature, so that a child that was taken over holds none.
//! - Of a stranger's manifest nothing goes out but what readers are shown; one that may tell a place or a person is not
//!   handed on inside our own files.
//!
//! Not here: decoding a picture, a database, and the words for all this. Without the feature `c2pa` nothing is found and
//! nothing can be sealed; the rest of the house is the same.
//!
//! Source of the rules: C2PA Technical Specification 2.2, sections 10 (claims), 15 (validation), 18 (assertions).

pub mod hand;
pub mod read;
pub mod seal;
pub mod signing;
pub mod told;

pub use hand::Hand;
pub use read::{Trust, read};
pub use seal::{Deed, Original, Unsealed};
pub use signing::{Algorithm, Signs};
pub use told::{Ingredient, Made, Signer, Standing, Step, Told};
