-- async-analyzer beside rust-analyzer, for Neovim 0.11 and later:
--
--   vim.lsp.enable('just_async')
--
-- Neovim reads this file from `lsp/` of the runtime path. What differs for you goes
-- into `vim.lsp.config('just_async', { .. })`.

-- Every setting with its default. They go to the server under the name `just-async`.
local defaults = {
  -- Who shows findings: 'lsp' (this server), or 'flycheck' (rust-analyzer, with
  -- `cargo async` as its check command).
  surface = 'lsp',
  check = { onSave = true, allTargets = true, features = {}, extraArgs = {} },
  inlayHints = { enable = false },
}

-- The root of the workspace, as cargo says; without cargo's word the package's folder.
local function root_dir(buffer, on_dir)
  local package = vim.fs.root(buffer, 'Cargo.toml')
  if not package then
    return
  end
  local ask = { 'cargo', 'locate-project', '--workspace', '--message-format=plain' }
  local started = pcall(vim.system, ask, { cwd = package, text = true }, function(done)
    local manifest = done.code == 0 and vim.trim(done.stdout) or ''
    local root = manifest ~= '' and vim.fs.dirname(manifest) or package
    vim.schedule(function()
      on_dir(root)
    end)
  end)
  if not started then
    on_dir(package)
  end
end

---@type vim.lsp.Config
return {
  cmd = { 'async-analyzer' },
  filetypes = { 'rust' },
  root_dir = root_dir,
  settings = { ['just-async'] = defaults },
  -- The server wants its settings before it can ask for them.
  before_init = function(params, config)
    params.initializationOptions = (config.settings or {})['just-async']
  end,
}
