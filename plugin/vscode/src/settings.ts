// What the server is told of the settings when it starts. Later changes are sent by the
// client itself, as the whole section.

import * as vscode from "vscode";

export function settings(): object {
  const { surface, check, inlayHints } = vscode.workspace.getConfiguration("just-async");
  return { surface, check, inlayHints };
}
