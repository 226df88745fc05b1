//! The peer: nginx with one worker, serving files that hold the same bytes, compressed beforehand.

use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use super::load::SERVER_CORE;
use crate::newsroom::Answer;

const START: Duration = Duration::from_secs(10);

/// A running nginx, on the servers' core. Dropping it stops it.
pub struct Nginx {
    master: Child,
    address: String,
}

impl Nginx {
    /// Serves the folder `www` inside `folder`.
    pub fn start(folder: &Path) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let config = folder.join("nginx.conf");
        fs::write(&config, configuration(folder, port))?;
        let mut master = Command::new("taskset")
            .args(["-c", SERVER_CORE, "nginx", "-p"])
            .arg(folder)
            .arg("-c")
            .arg(&config)
            .stdin(Stdio::null())
            .spawn()
            .context("could not start nginx")?;
        let address = format!("127.0.0.1:{port}");
        let start = Instant::now();
        while TcpStream::connect(&address).is_err() {
            if let Some(status) = master.try_wait()? {
                bail!("nginx ended with {status}");
            }
            if start.elapsed() > START {
                let _ = master.kill();
                bail!("nginx did not answer in {START:?}");
            }
            thread::sleep(Duration::from_millis(20));
        }
        Ok(Self { master, address })
    }

    /// Host and port.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The master's process id; the worker is its child.
    pub fn process(&self) -> u32 {
        self.master.id()
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let id = self.master.id().to_string();
        let _ = Command::new("kill").args(["-TERM", &id]).status();
        let _ = self.master.wait();
    }
}

/// Lays an answer of ours out as a file of nginx's: `NAME.html` for who takes no gzip, `NAME.html.gz` for who does.
pub fn lay_out(folder: &Path, name: &str, answer: &Answer) -> Result<()> {
    let www = folder.join("www");
    fs::create_dir_all(&www)?;
    let plain = www.join(format!("{name}.html"));
    if answer.header("content-encoding") == Some("gzip") {
        fs::write(www.join(format!("{name}.html.gz")), &answer.body)?;
        return Ok(fs::write(plain, "only the compressed form is asked for")?);
    }
    Ok(fs::write(plain, &answer.body)?)
}

/// What a careful operator would write: everything from memory, nothing logged, connections kept.
fn configuration(folder: &Path, port: u16) -> String {
    let folder = folder.display();
    format!(
        "daemon off;\nmaster_process on;\nworker_processes 1;\nuser root;\n\
         pid {folder}/nginx.pid;\nerror_log {folder}/error.log crit;\n\
         events {{ worker_connections 1024; }}\n\
         http {{\n\
         \tclient_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;\n\
         \tuwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;\n\
         \taccess_log off;\n\tsendfile on;\n\ttcp_nopush on;\n\ttcp_nodelay on;\n\
         \tkeepalive_timeout 60s;\n\tkeepalive_requests 1000000000;\n\
         \topen_file_cache max=1000 inactive=1h;\n\topen_file_cache_valid 1h;\n\
         \tgzip_static on;\n\tgzip_vary on;\n\tserver_tokens off;\n\
         \ttypes {{ text/html html; }}\n\tdefault_type application/octet-stream;\n\
         \tserver {{\n\t\tlisten 127.0.0.1:{port};\n\t\troot {folder}/www;\n\
         \t\tadd_header Cache-Control \"public, s-maxage=60\";\n\t}}\n}}\n"
    )
}
