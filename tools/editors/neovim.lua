-- Steers Neovim for run.py: opens FILE, waits for our finding and its fix, takes the fix through the editor's own
-- menu, writes, and waits for the finding to go. Neovim 0.11 and later are set up as our README says, older ones by
-- hand from the same file.
--
-- With TITLE, takes the action of that title where FILE has the text AT instead, while OTHER has text that is not
-- written yet, and writes all that it has changed.
--
--   nvim --headless -u NONE -i NONE -n -c 'luafile neovim.lua', with FILE, ROOT, PLUGIN and SECONDS in the environment

local file, root = vim.env.FILE, vim.env.ROOT
local patience = tonumber(vim.env.SECONDS) * 1000

local function finish(message)
  io.stdout:write(message, '\n')
  vim.cmd(message:find('^mended') and 'qall!' or 'cquit!')
end

local function wait_for(what, condition)
  if not vim.wait(patience, condition, 100) then
    finish('no ' .. what .. '; diagnostics: ' .. vim.inspect(vim.diagnostic.get(0)))
  end
end

local function findings()
  return vim.tbl_filter(function(diagnostic)
    return diagnostic.source == 'just-async'
  end, vim.diagnostic.get(0))
end

local client
local function start()
  if vim.lsp.enable then
    vim.opt.runtimepath:prepend(vim.env.PLUGIN)
    vim.lsp.enable('just_async')
    vim.cmd('filetype on')
    vim.cmd.edit(file)
    return
  end
  local config = dofile(vim.env.PLUGIN .. '/lsp/just_async.lua')
  vim.cmd('edit ' .. file)
  vim.bo.filetype = 'rust'
  client = vim.lsp.start_client({
    cmd = config.cmd,
    root_dir = root,
    settings = config.settings,
    before_init = config.before_init,
  })
  vim.lsp.buf_attach_client(0, client)
end

-- Another file, as the user would edit it.
local function edit(path)
  vim.cmd('edit ' .. vim.fn.fnameescape(path))
  if client then
    vim.bo.filetype = 'rust'
    vim.lsp.buf_attach_client(0, client)
  end
end

local function has_fix(place)
  local params = {
    textDocument = { uri = vim.uri_from_bufnr(0) },
    range = { start = place, ['end'] = place },
    context = { diagnostics = {} },
  }
  for _, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, patience) or {}) do
    for _, action in ipairs(answer.result or {}) do
      if action.isPreferred then
        return true
      end
    end
  end
  return false
end

-- Takes from the menu what `is_wanted`, and waits until the buffer has changed.
local function take(is_wanted)
  vim.ui.select = function(items, _, choose)
    for _, item in ipairs(items) do
      -- A pair of the client and its action, or a table of both.
      local action = item.action or item[2]
      if is_wanted(action) then
        io.stdout:write('takes ', action.title, '\n')
        return choose(item)
      end
    end
    finish('not among ' .. vim.inspect(items))
  end
  local before = vim.api.nvim_buf_get_changedtick(0)
  vim.lsp.buf.code_action()
  wait_for('change', function()
    return vim.api.nvim_buf_get_changedtick(0) ~= before
  end)
end

start()
if vim.env.TITLE then
  wait_for('server', function()
    return next(vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = 0 }) or vim.lsp.buf_get_clients(0)) ~= nil
  end)
  vim.o.hidden = true
  edit(vim.env.OTHER)
  vim.api.nvim_buf_set_lines(0, 0, 0, false, { '// Not written yet.' })
  edit(file)
  vim.fn.cursor(vim.fn.search('\\V' .. vim.env.AT), 1)
  take(function(action)
    return action.title == vim.env.TITLE
  end)
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    local lines = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
    io.stdout:write(vim.api.nvim_buf_get_name(buffer), ':\n', table.concat(lines, '\n'), '\n')
  end
  vim.cmd('wall')
  finish('mended')
end
wait_for('finding', function()
  return #findings() > 0
end)
local finding = findings()[1]
io.stdout:write('found ', tostring(finding.code), ': ', finding.message, '\n')
local place = { line = finding.lnum, character = finding.col }
wait_for('fix', function()
  return has_fix(place)
end)

vim.api.nvim_win_set_cursor(0, { finding.lnum + 1, finding.col })
take(function(action)
  return action.isPreferred
end)
vim.cmd('write')
wait_for('end of the finding', function()
  return #findings() == 0
end)
finish('mended')
