import '../../src/elements/job-create-form/bulk/register.ts';
import '../../src/elements/job-create-form/define.ts';
import '../../src/elements/job-provider/define.ts';

declare global {
  /** How long each task took that was long, in ms. */
  var longTasks: number[];
  /** What the page's policy refused. */
  var refusals: string[];
}

globalThis.longTasks = [];
globalThis.refusals = [];
document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => globalThis.refusals.push(`${violatedDirective} ${blockedURI}`));
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration);
}).observe({ type: 'longtask', buffered: true });

const { searchParams } = new URL(location.href);
const provider = document.createElement('job-provider');
provider.apiUrl = searchParams.get('api') ?? '';
provider.userId = searchParams.get('user') ?? '';
if (searchParams.has('form')) {
  const form = document.createElement('job-create-form');
  form.bulk = true;
  form.bulkRate = Number(searchParams.get('rate'));
  form.bulkChunk = 5;
  provider.append(form);
} else {
  const element = document.createElement('job-create-bulk');
  element.rate = Number(searchParams.get('rate'));
  provider.append(element);
}
document.body.append(provider);
