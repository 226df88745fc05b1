//! The settings file that `dateline config` prints.

use super::LIST;

/// The documented sample: every setting with its meaning and default.
pub fn sample() -> String {
    let mut out = String::from(
        "# Settings of Dateline. Lines that begin with # show the defaults.\n\
         # Each can also be set as DATELINE_PART_NAME; a secret also as DATELINE_PART_NAME_FILE,\n\
         # or here as name_file, naming a file that holds it.\n",
    );
    let mut part = "";
    for setting in &LIST {
        let (of, name) = setting.name.split_once('.').unwrap_or(("", setting.name));
        if of != part {
            out.push_str(&format!("\n[{of}]\n"));
            part = of;
        }
        let value = setting.default.unwrap_or(setting.example);
        let suffix = if setting.is_secret { "_file" } else { "" };
        let value = if setting.is_secret {
            "secrets/meter.key"
        } else {
            value
        };
        out.push_str(&format!(
            "# {}\n# {name}{suffix} = \"{value}\"\n",
            setting.meaning
        ));
    }
    out
}
