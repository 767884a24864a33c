//! `cph-wizard simulate` in a process of its own.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

pub struct Served {
    child: Child,
    address: SocketAddr,
    _folder: TempDir,
}

impl Served {
    /// Starts it with these arguments and the text of a scene, in a shell that runs something else first.
    pub fn start(args: &[&str], scene: &str, first: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("scene.json");
        std::fs::write(&file, scene).expect("a scene");
        let mut child = Command::new("sh")
            .args(["-c", &format!(r#"{first} && exec "$0" simulate --scene-file "$@""#)])
            .args([env!("CARGO_BIN_EXE_cph-wizard").as_ref(), file.as_os_str()])
            .args(args)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a shell");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("its output")).read_line(&mut line).expect("a line");
        let address = line.trim().strip_prefix("listening on http://").expect("an address");
        Self { address: address.parse().expect("an address"), child, _folder: folder }
    }

    pub fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).expect("a connection")
    }

    /// Sends the head of a request on a connection of its own, and reads until that is closed.
    pub fn said_to(&self, head: &str) -> String {
        let mut stream = self.connect();
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        let last = head.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        stream.write_all(last.as_bytes()).expect("written");
        let mut said = String::new();
        stream.read_to_string(&mut said).expect("an answer");
        said
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
