// The programs that came with the extension: the server, and beside it what it starts.

import * as os from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";

const folder = "server";

export function serverPath(context: vscode.ExtensionContext): string {
  const chosen = vscode.workspace.getConfiguration("just-async").get<string>("server.path");
  return chosen || context.asAbsolutePath(path.join(folder, "async-analyzer"));
}

// An editor that was not started from a shell may not know where rustup puts cargo.
export function environment(): NodeJS.ProcessEnv {
  const home = process.env.CARGO_HOME ?? path.join(os.homedir(), ".cargo");
  const folders = [process.env.PATH, path.join(home, "bin")].filter(Boolean);
  return { ...process.env, PATH: folders.join(path.delimiter) };
}

// What rust-analyzer is to run in the place of `cargo check`.
export function checkCommand(context: vscode.ExtensionContext): string[] {
  const ours = context.asAbsolutePath(path.join(folder, "cargo-async"));
  return [ours, "async", "check", "--workspace", "--message-format=json", "--all-targets"];
}

// Is this a `cargo-async` of this extension, of whatever version?
export function isOurs(context: vscode.ExtensionContext, program: string): boolean {
  const rest = path.join(path.sep, folder, "cargo-async");
  return (
    program.endsWith(rest) &&
    path.basename(program.slice(0, -rest.length)).startsWith(`${context.extension.id}-`)
  );
}
