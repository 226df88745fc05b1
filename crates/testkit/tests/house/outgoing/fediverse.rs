//! People of other servers follow us: a server of this machine that asks, is answered, and is sent stories.

mod closed;
mod neighbour;
mod refused;
mod sent;
