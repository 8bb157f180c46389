;;; just-async.el --- The cause of async errors in Rust, and its fix -*- lexical-binding: t -*-

;; SPDX-License-Identifier: MIT OR Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tools

;;; Commentary:

;; Starts `async-analyzer' for Rust buffers.
;;
;; lsp-mode can have several servers in one buffer: there it comes beside
;; rust-analyzer as soon as this file is loaded, and nothing else is to be done.
;;
;; eglot has one server a buffer.  M-x just-async-eglot starts ours there; to have
;; it beside rust-analyzer, let `just-async-eglot-command' start a program that joins
;; several servers.

;;; Code:

(require 'project)

(defvar eglot-server-programs)
(defvar eglot-workspace-configuration)
(defvar lsp--cur-workspace)
(declare-function eglot-ensure "eglot")
(declare-function lsp-register-client "lsp-mode")
(declare-function lsp-register-custom-settings "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(declare-function lsp--set-configuration "lsp-mode")
(declare-function lsp-configuration-section "lsp-mode")
(declare-function make-lsp-client "lsp-mode")

(defgroup just-async nil
  "The cause of async errors in Rust, and its fix."
  :group 'tools)

(defcustom just-async-command '("async-analyzer")
  "The server, with its arguments; `cargo-async' has to stand beside it."
  :type '(repeat string))

(defcustom just-async-eglot-command nil
  "What eglot starts, where that is not `just-async-command'.
For a program that joins several servers, this is where it goes."
  :type '(choice (const nil) (repeat string)))

(defcustom just-async-surface "lsp"
  "Who shows findings: this server, or rust-analyzer as its check command."
  :type '(choice (const "lsp") (const "flycheck")))

(defcustom just-async-check-on-save t
  "Whether to check when a file is saved."
  :type 'boolean)

(defcustom just-async-all-targets t
  "Whether to check tests, examples and benchmarks as well."
  :type 'boolean)

(defcustom just-async-features nil
  "Features to check with."
  :type '(repeat string))

(defcustom just-async-extra-arguments nil
  "Further arguments of `cargo async check'."
  :type '(repeat string))

(defcustom just-async-inlay-hints nil
  "Whether to show at each await what is kept across it."
  :type 'boolean)

(defun just-async-settings ()
  "The settings, as the server knows them."
  (list :surface just-async-surface
        :check (list :onSave (if just-async-check-on-save t :json-false)
                     :allTargets (if just-async-all-targets t :json-false)
                     :features (vconcat just-async-features)
                     :extraArgs (vconcat just-async-extra-arguments))
        :inlayHints (list :enable (if just-async-inlay-hints t :json-false))))

(defun just-async--project (directory)
  "The cargo package around DIRECTORY, as a project."
  (let ((root (locate-dominating-file directory "Cargo.toml")))
    (and root (cons 'transient root))))

;;;###autoload
(defun just-async-eglot ()
  "Let eglot start `async-analyzer' in this buffer.
It takes the place of any other server."
  (interactive)
  (require 'eglot)
  (setq-local eglot-server-programs
              (list (cons major-mode
                          (append (or just-async-eglot-command just-async-command)
                                  (list :initializationOptions (just-async-settings))))))
  ;; Only where nothing else knows a project, which without version control nothing does.
  (add-hook 'project-find-functions #'just-async--project 90 t)
  ;; eglot looks for this outside of the buffer.  A function, or a list of the
  ;; older form, stays as the user has it.
  (let ((all (default-value 'eglot-workspace-configuration)))
    (when (or (null all) (keywordp (car-safe all)))
      (setq-default eglot-workspace-configuration
                    (plist-put (copy-sequence all) :just-async (just-async-settings)))))
  (eglot-ensure))

(with-eval-after-load 'lsp-mode
  (lsp-register-custom-settings
   '(("just-async.surface" just-async-surface)
     ("just-async.check.onSave" just-async-check-on-save t)
     ("just-async.check.allTargets" just-async-all-targets t)
     ("just-async.check.features" (lambda () (vconcat just-async-features)))
     ("just-async.check.extraArgs" (lambda () (vconcat just-async-extra-arguments)))
     ("just-async.inlayHints.enable" just-async-inlay-hints t)))
  (lsp-register-client
   (make-lsp-client
    :new-connection (lsp-stdio-connection (lambda () just-async-command))
    :major-modes '(rust-mode rust-ts-mode rustic-mode)
    :server-id 'just-async
    :add-on? t
    :multi-root t
    :initialization-options #'just-async-settings
    :initialized-fn (lambda (workspace)
                      (let ((lsp--cur-workspace workspace))
                        (lsp--set-configuration
                         (lsp-configuration-section "just-async")))))))

(provide 'just-async)
;;; just-async.el ends here
