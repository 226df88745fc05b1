//! What every door promises, walked from the sheet.

mod access;
mod foreign;
mod headers;
mod parameters;
mod redirects;
mod requests;
mod spelling;
