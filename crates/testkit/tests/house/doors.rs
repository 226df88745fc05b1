//! What every door promises, walked from the sheet.

mod access;
mod headers;
mod requests;
mod spelling;
