// Sets theme and language before the first paint, so that neither flashes. Own file: the page's CSP allows no inline script.
(() => {
  const root = document.documentElement;
  const read = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  const theme = read('dramascope.theme');
  const dark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  const address = new URLSearchParams(location.search);
  const stage = address.get('theme') === 'stage' || read('dramascope.stage') === 'on';
  root.setAttribute('data-mantine-color-scheme', dark || stage ? 'dark' : 'light');
  root.toggleAttribute('data-stage', stage);
  root.toggleAttribute('data-compact', (address.get('density') ?? read('dramascope.density')) === 'compact');
  const asked = address.get('lang');
  const lang = asked === 'zh' || asked === 'en' ? asked : (read('dramascope.language') ?? navigator.language);
  root.lang = lang.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
})();
