// The extension: starts `async-analyzer`, says while it checks, and can hand the showing
// of findings to rust-analyzer. What a finding is, and what mends it, the server knows.

import * as vscode from "vscode";
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from "vscode-languageclient/node";
import { checkCommand, environment, isOurs, serverPath } from "./programs";
import { settings } from "./settings";
import { Status } from "./status";

const section = "just-async";
let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("Just Async");
  const status = new Status();
  const command = (name: string, run: () => unknown) =>
    vscode.commands.registerCommand(`${section}.${name}`, run);
  context.subscriptions.push(
    output,
    status,
    command("restart", () => restart(context, output, status)),
    command("showOutput", () => output.show()),
    command("useRustAnalyzer", () => useRustAnalyzer(context)),
    command("useOwnServer", () => useOwnServer(context)),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`${section}.server.path`)) {
        void restart(context, output, status);
      }
    }),
  );
  await followUpdate(context);
  await start(context, output, status);
}

export async function deactivate(): Promise<void> {
  await client?.dispose();
}

async function start(
  context: vscode.ExtensionContext,
  output: vscode.OutputChannel,
  status: Status,
): Promise<void> {
  const program = { command: serverPath(context), options: { env: environment() } };
  const serverOptions: ServerOptions = { run: program, debug: program };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [{ scheme: "file", language: "rust" }],
    outputChannel: output,
    initializationOptions: settings(),
    synchronize: {
      configurationSection: section,
      fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.rs,Cargo.toml,Cargo.lock}"),
    },
    middleware: {
      handleWorkDoneProgress: (token, progress, next) => {
        status.progress(token, progress);
        next(token, progress);
      },
    },
  };
  client = new LanguageClient(section, "Just Async", serverOptions, clientOptions);
  client.onDidChangeState((change) => status.running(change.newState === State.Running));
  try {
    await client.start();
  } catch (error) {
    status.failed(`${program.command} does not start`);
    void vscode.window.showErrorMessage(`Just Async: ${program.command} does not start: ${error}`);
  }
}

async function restart(
  context: vscode.ExtensionContext,
  output: vscode.OutputChannel,
  status: Status,
): Promise<void> {
  // One that did not start has nothing to stop.
  await client?.dispose().catch(() => undefined);
  await start(context, output, status);
}

// Into the workspace's settings where there are any, as these would hide the user's.
async function write(section: string, key: string, value: unknown): Promise<void> {
  const target = vscode.workspace.workspaceFolders
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await vscode.workspace.getConfiguration(section).update(key, value, target);
}

const analyzer = "rust-analyzer";
const analyzerKey = "check.overrideCommand";

function analyzerCommand(): [string[] | undefined, vscode.ConfigurationTarget][] {
  const found = vscode.workspace.getConfiguration(analyzer).inspect<string[]>(analyzerKey);
  return [
    [found?.workspaceValue, vscode.ConfigurationTarget.Workspace],
    [found?.globalValue, vscode.ConfigurationTarget.Global],
  ];
}

async function useRustAnalyzer(context: vscode.ExtensionContext): Promise<void> {
  if (!vscode.extensions.getExtension("rust-lang.rust-analyzer")) {
    void vscode.window.showWarningMessage("Just Async: rust-analyzer is not installed.");
    return;
  }
  await write(analyzer, analyzerKey, checkCommand(context));
  await write(section, "surface", "flycheck");
}

async function useOwnServer(context: vscode.ExtensionContext): Promise<void> {
  await rewrite(context, undefined);
  await write(section, "surface", undefined);
}

// An update moves this extension, and the command that was written names its old folder.
async function followUpdate(context: vscode.ExtensionContext): Promise<void> {
  await rewrite(context, checkCommand(context));
}

// Changes what we wrote, and nothing that the user did.
async function rewrite(context: vscode.ExtensionContext, command: string[] | undefined): Promise<void> {
  for (const [value, target] of analyzerCommand()) {
    if (value && isOurs(context, value[0]) && value[0] !== command?.[0]) {
      await vscode.workspace.getConfiguration(analyzer).update(analyzerKey, command, target);
    }
  }
}
