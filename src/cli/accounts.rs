//! Accounts for the wizard.

use std::path::PathBuf;
use std::sync::Arc;

use crate::app::{Access, AccountLabel, Choice, Mode, Project, ReadFailure, Survey};
use crate::config::{Kind, state_dir};
use crate::simulator::Scene;
use crate::tui::{Accounts, Answer, Connection, Opened, Start};

use super::demo;
use super::environment::Environment;

pub struct Machine {
    pub state_dir: Option<PathBuf>,
}

impl Machine {
    pub fn environment(&self) -> Result<Opened, crate::failure::Failure> {
        let environment = Environment::read()?;
        let buyer = environment.buyer();
        let account = AccountLabel {
            mode: Mode::Live,
            profile: "environment".into(),
            region: buyer.region.clone(),
            project: buyer.project.clone(),
            credentials: "a token".into(),
            endpoint: buyer.endpoint.clone(),
            proxy: None,
        };
        let cloud = Arc::new(environment.cloud()?);
        Ok(Opened {
            account,
            buyer,
            connect: Box::new(move || {
                let cloud = Arc::clone(&cloud);
                Box::pin(async move { Ok(Connection { cloud, keeps: Box::new(()) }) })
            }),
            state_dir: state_dir(self.state_dir.as_deref(), Kind::Live),
        })
    }
}

impl Accounts for Machine {
    fn survey(&self) -> Survey {
        Survey::default()
    }

    fn projects(&self, _: Access) -> Answer<'_, Result<Vec<Project>, ReadFailure>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn open(&self, choice: &Choice) -> Result<Start, String> {
        match choice {
            Choice::Demo => Ok(Start::Form(Box::new(demo::opened(Scene::normal(), self.state_dir.as_deref())))),
            Choice::Profile(_) | Choice::Access(_) => Err("not yet".into()),
        }
    }
}
