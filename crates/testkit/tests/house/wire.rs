//! Bytes on a socket: what no library client would send.

mod slow;
mod smuggling;
