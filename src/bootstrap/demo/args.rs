//! The flags that select the demo instead of a real account, the same for every command.

use std::path::Path;

use super::world::{DemoUse, DemoWorld, reset_world};
use crate::bootstrap::error::AppError;
use crate::config::{StateKind, demo_paths, state_dir};
use crate::simulator::Scene;

// No comment of documentation: clap would make it the description of the command.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct DemoArgs {
    /// Use the embedded simulator instead of a real account; SCENE selects its behavior
    #[arg(long, value_name = "SCENE", num_args = 0..=1, require_equals = true, default_missing_value = "normal")]
    pub demo: Option<String>,
    /// Start the demo over, without the orders and servers of earlier runs
    #[arg(long, requires = "demo")]
    pub demo_reset: bool,
}

impl DemoArgs {
    /// Returns the flag for another command about the same demo, such as `--demo=slow`; `None` without `--demo`.
    pub fn flag(&self) -> Option<String> {
        let scene = self.demo.as_deref()?;
        Some(if scene == "normal" { "--demo".to_owned() } else { format!("--demo={scene}") })
    }

    /// Returns the scene that `--demo` names; `None` without the flag. An unknown scene is a usage error.
    pub fn scene(&self) -> Result<Option<Scene>, AppError> {
        self.demo.as_deref().map(Scene::named).transpose().map_err(AppError::usage)
    }

    /// Opens the world of the demo below the given state directory; `None` without `--demo`. Starts it over first if
    /// the flags say so.
    pub fn open(&self, given: Option<&Path>, purpose: DemoUse) -> Result<Option<DemoWorld>, AppError> {
        let Some(scene) = self.scene()? else { return Ok(None) };
        if self.demo_reset {
            reset_world(given, &scene)?;
        }
        Ok(Some(DemoWorld::open(scene, given, purpose)))
    }

    /// Returns the directory of the journal that the flags select: that of the demo, or that of real accounts. Starts
    /// the demo over first if the flags say so. `None` without a home directory.
    pub fn journal_directory(&self, given: Option<&Path>) -> Result<Option<std::path::PathBuf>, AppError> {
        let Some(scene) = self.scene()? else { return Ok(state_dir(given, StateKind::Live)) };
        if self.demo_reset {
            reset_world(given, &scene)?;
        }
        Ok(state_dir(given, StateKind::Demo).map(|demo| demo_paths(&demo, scene.name(), 1).directory))
    }
}
