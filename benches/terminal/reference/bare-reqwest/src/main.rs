//! The least that a purchase can be: one POST of a file, and its answer on the screen. No rules, no
//! journal, no confirmation.
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().collect();
    let [_, url, file] = words.as_slice() else { return Err("URL and FILE are needed".into()) };
    let body = std::fs::read(file)?;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let client = reqwest::Client::builder().http1_only().build()?;
        let request = client.post(url).header("content-type", "application/json").header("x-auth-token", "t");
        let answer = request.body(body).send().await?;
        println!("{} {}", answer.status(), answer.text().await?);
        Ok(())
    })
}
