//! The darkroom as the rest of the house sees it: looking, reading, developing, imprinting, and what strangers send.

mod children;
mod developing;
mod hostile;
mod hostile_pictures;
mod imprinting;
mod looking;
mod make;
mod particulars;
mod sealing;
mod share_pictures;
