// Steers VS Code in a browser for run.py: opens FILE, waits for the squiggle of our finding and for its fix, takes the
// fix by the keyboard, saves, and waits for the squiggle to go. SHOTS gets two pictures: the finding, and its menu.

const { chromium } = require("playwright-core");

const { FILE, PORT, SHOTS } = process.env;
const patience = Number(process.env.SECONDS) * 1000;
const say = (text) => process.stdout.write(`${text}\n`);

async function main() {
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(patience);
  try {
    await steer(page);
  } catch (error) {
    await page.screenshot({ path: `${SHOTS}/vscode-failure.png` });
    throw error;
  } finally {
    await browser.close();
  }
}

async function steer(page) {
  const squiggle = page.locator(".squiggly-error");
  await reach(page);
  await open(page, FILE);
  await squiggle.first().waitFor();
  // The marker's own words, in the window below the line.
  const peek = page.locator(".zone-widget .message");
  await again(page, () => peek.first().isVisible(), async () => {
    await page.keyboard.press("Escape");
    await page.locator(".view-lines").first().click({ position: { x: 5, y: 5 } });
    await page.keyboard.press("F8");
  });
  const found = (await page.locator(".zone-widget").first().innerText()).replace(/\s+/g, " ");
  say(`found ${found}`);
  if (!found.includes("just-async")) {
    throw new Error("the first finding is not ours");
  }
  await page.screenshot({ path: `${SHOTS}/vscode-finding.png` });
  await page.keyboard.press("Escape");

  // Fixes come when the compiler has tried them.
  const menu = page.locator(".action-widget .action-item, .action-widget .monaco-list-row.action");
  await again(page, async () => (await menu.count()) > 0, async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+.");
  });
  await page.screenshot({ path: `${SHOTS}/vscode-fix.png` });
  say(`takes ${(await menu.first().innerText()).trim()}`);
  await page.keyboard.press("Enter");
  await page.locator(".tab.active.dirty").waitFor();
  await page.keyboard.press("Control+s");
  await page.locator(".tab.active:not(.dirty)").waitFor();
  await squiggle.first().waitFor({ state: "detached" });
  say("mended");
}

// The page, once its server listens.
async function reach(page) {
  const end = Date.now() + patience;
  for (;;) {
    try {
      await page.goto(`http://127.0.0.1:${PORT}/`);
      break;
    } catch (error) {
      if (Date.now() > end) throw error;
      await page.waitForTimeout(250);
    }
  }
  await page.locator(".monaco-workbench").waitFor();
}

async function open(page, file) {
  const row = page.locator(".quick-input-list .monaco-list-row");
  await again(page, () => row.first().isVisible(), async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+p");
    await page.locator(".quick-input-box input").fill(file, { timeout: 3000 }).catch(() => undefined);
  });
  await page.keyboard.press("Enter");
  await page.locator(".monaco-editor .view-lines").first().waitFor();
}

// Does `act` now and then until `isDone`.
async function again(page, isDone, act) {
  const end = Date.now() + patience;
  while (!(await isDone())) {
    if (Date.now() > end) throw new Error(`not done within ${patience / 1000} s: ${act}`);
    await act();
    for (let wait = 0; wait < 8 && !(await isDone()); ++wait) {
      await page.waitForTimeout(250);
    }
  }
}

main().catch((error) => {
  say(String(error.stack ?? error));
  process.exit(1);
});
