;;; emacs.el --- Steers Emacs for run.py -*- lexical-binding: t -*-

;;; Commentary:

;; Opens FILE with our server, waits for our finding and its fix, takes the fix, saves,
;; and waits for the finding to go.  CLIENT says by what: eglot or lsp-mode.

;;; Code:

(require 'cl-lib)
(require 'flymake)

(defvar client (getenv "CLIENT"))
(defvar patience (string-to-number (getenv "SECONDS")))

(defun say (format &rest arguments)
  (princ (concat (apply #'format format arguments) "\n")))

(defun give-up (format &rest arguments)
  (apply #'say format arguments)
  (kill-emacs 1))

(defmacro wait-for (what &rest condition)
  `(let ((end (+ (float-time) patience)) value)
     (while (and (not (setq value (progn ,@condition))) (< (float-time) end))
       (accept-process-output nil 0.1))
     (or value (give-up "no %s; findings: %S" ,what (findings)))))

;; Their macros have to be known before what follows is read.
(require (intern client))

;; Debian's Emacs has no mode for Rust.
(unless (fboundp 'rust-mode)
  (define-derived-mode rust-mode prog-mode "Rust"))
(add-to-list 'auto-mode-alist '("\\.rs\\'" . rust-mode))

(load (expand-file-name "just-async.el" (getenv "PLUGIN")) nil t)

(defun start ()
  (if (string= client "eglot")
      (progn
        (setq eglot-confirm-server-initiated-edits nil
              eglot-sync-connect t)
        (just-async-eglot)
        ;; Batch mode runs no hook that would start it.
        (unless (eglot-current-server)
          (apply #'eglot (eglot--guess-contact))))
    (setq lsp-session-file (expand-file-name "session" (getenv "HOME"))
          lsp-enabled-clients '(just-async)
          lsp-auto-guess-root t
          lsp-enable-snippet nil
          lsp-warn-no-matched-clients nil
          lsp-auto-execute-action t
          lsp-diagnostics-provider :none
          lsp-headerline-breadcrumb-enable nil
          lsp-enable-file-watchers nil)
    (lsp)))

(defun findings ()
  "Our findings, each as (MESSAGE . POSITION)."
  (if (string= client "eglot")
      (mapcar (lambda (it) (cons (flymake-diagnostic-text it) (flymake-diagnostic-beg it)))
              (cl-remove-if-not (lambda (it) (string-match-p "just-async" (flymake-diagnostic-text it)))
                                (flymake-diagnostics)))
    (cl-loop for them being the hash-values of (lsp-diagnostics t) append
             (cl-loop for one in (append them nil)
                      when (equal (lsp-get one :source) "just-async")
                      collect (cons (lsp-get one :message)
                                    (lsp--position-to-point (lsp-get (lsp-get one :range) :start)))))))

(defun preferred ()
  "The title of the preferred action at point, without taking it."
  (let ((them (if (string= client "eglot")
                  (append (jsonrpc-request
                           (eglot--current-server-or-lose) :textDocument/codeAction
                           (list :textDocument (eglot--TextDocumentIdentifier)
                                 :range (list :start (eglot--pos-to-lsp-position)
                                              :end (eglot--pos-to-lsp-position))
                                 :context (list :diagnostics [])))
                          nil)
                (lsp-code-actions-at-point))))
    (cl-some (lambda (it)
               (and (eq t (if (string= client "eglot") (plist-get it :isPreferred)
                            (lsp-get it :isPreferred)))
                    it))
             them)))

(defun take ()
  "Through the menu of the editor, where it has one that can be answered in batch mode."
  (if (string= client "eglot")
      (let ((last-nonmenu-event ?a)) ; no mouse, no pop-up menu
        (cl-letf (((symbol-function 'completing-read)
                   (lambda (_prompt menu &rest _)
                     (or (car (cl-find-if
                               (lambda (it) (eq t (plist-get (cdr it) :isPreferred)))
                               menu))
                         (give-up "no preferred action in %S" menu)))))
          (eglot-code-actions (point) (point) "quickfix" t)))
    (lsp-execute-code-action (preferred))))

(defun main ()
  (find-file (getenv "FILE"))
  (start)
  (let ((finding (car (wait-for "finding" (findings)))))
    (say "found %s" (car finding))
    (goto-char (cdr finding))
    (wait-for "fix" (preferred))
    (let ((before (buffer-modified-tick)))
      (take)
      (wait-for "change" (/= before (buffer-modified-tick))))
    (save-buffer)
    (wait-for "end of the finding" (null (findings)))
    (say "mended")
    (kill-emacs 0)))

(condition-case problem
    (main)
  (error (give-up "%S" problem)))

;;; emacs.el ends here
