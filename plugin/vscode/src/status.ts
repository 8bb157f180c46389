// The item of the language status that says whether the server runs and what it does.

import * as vscode from "vscode";
import { ProgressToken, WorkDoneProgressBegin, WorkDoneProgressEnd, WorkDoneProgressReport } from "vscode-languageclient";

export class Status implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("just-async", { language: "rust" });
  private readonly tasks = new Map<ProgressToken, string>();

  constructor() {
    this.item.name = "Just Async";
    this.item.command = { command: "just-async.showOutput", title: "Output" };
    this.running(false);
  }

  dispose(): void {
    this.item.dispose();
  }

  progress(token: ProgressToken, now: WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd): void {
    if (now.kind === "begin") {
      this.tasks.set(token, now.title);
    } else if (now.kind === "end") {
      this.tasks.delete(token);
    }
    const [title] = this.tasks.values();
    this.item.busy = title !== undefined;
    this.item.text = title ?? "Just Async";
    this.item.detail = now.kind === "end" ? undefined : now.message;
  }

  running(is: boolean): void {
    this.tasks.clear();
    this.item.busy = !is;
    this.item.text = is ? "Just Async" : "Just Async is not running";
    this.item.detail = undefined;
    this.item.severity = vscode.LanguageStatusSeverity.Information;
  }

  failed(why: string): void {
    this.item.busy = false;
    this.item.text = "Just Async does not run";
    this.item.detail = why;
    this.item.severity = vscode.LanguageStatusSeverity.Error;
  }
}
