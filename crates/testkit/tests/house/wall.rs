//! What is behind the gate stays behind it (design: WALL).

mod canaries;
mod crawlers;
mod faults;
mod history;
mod invariance;
mod remembered;
mod switches;
mod walk;
