//! A folder that is gone when its owner is.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// A fresh folder under a short path, because the path of a Unix socket may have 107 bytes at most.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes the folder; its name holds the purpose and our process id, so that two runs never meet.
    pub fn new(purpose: &str) -> Result<Self> {
        /// Longer temporary folders leave no room for a socket's name beneath them.
        const LONGEST_BASE: usize = 40;
        let mut base = std::env::temp_dir();
        if base.as_os_str().len() > LONGEST_BASE {
            base = "/tmp".into();
        }
        let path = base.join(format!("dl-{purpose}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path)
            .with_context(|| format!("could not make {}", path.display()))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
