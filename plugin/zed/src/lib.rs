//! Starts `async-analyzer` for Rust beside rust-analyzer. It is looked for on the `PATH` of the project, unless the
//! settings name another (`lsp.just-async.binary`).

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, serde_json::Value, LanguageServerId, Result, Worktree};

const NAME: &str = "just-async";
const PROGRAM: &str = "async-analyzer";

struct JustAsync;

fn settings(worktree: &Worktree) -> LspSettings {
    LspSettings::for_worktree(NAME, worktree).unwrap_or_default()
}

impl zed::Extension for JustAsync {
    fn new() -> Self {
        JustAsync
    }

    fn language_server_command(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<zed::Command> {
        let binary = settings(worktree)
            .binary
            .unwrap_or(zed::settings::CommandSettings {
                path: None,
                arguments: None,
                env: None,
            });
        let command = binary
            .path
            .or_else(|| worktree.which(PROGRAM))
            .ok_or_else(|| {
                format!("`{PROGRAM}` is not on the PATH; `lsp.{NAME}.binary.path` says where it is")
            })?;
        let mut env = worktree.shell_env();
        env.extend(binary.env.unwrap_or_default());
        Ok(zed::Command {
            command,
            args: binary.arguments.unwrap_or_default(),
            env,
        })
    }

    /// `lsp.just-async.initialization_options`, else the settings themselves: the server wants them before it can ask.
    fn language_server_initialization_options(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let settings = settings(worktree);
        Ok(settings.initialization_options.or(settings.settings))
    }

    fn language_server_workspace_configuration(
        &mut self,
        _: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<Value>> {
        let section = settings(worktree)
            .settings
            .unwrap_or_else(|| Value::Object(Default::default()));
        Ok(Some(Value::Object(
            [(NAME.to_owned(), section)].into_iter().collect(),
        )))
    }
}

zed::register_extension!(JustAsync);
