//! Rules as tables, acts as short scenes.
