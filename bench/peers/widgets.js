import { api, host, interval, offer } from './setup.js';

const provider = document.createElement('job-provider');
provider.setAttribute('api-url', api);
if (interval > 0) provider.setAttribute('poll-interval', String(interval));
host.append(provider);

offer({
  show(ids) {
    provider.append(
      ...ids.map((id) => {
        const element = document.createElement('job-status');
        element.setAttribute('job-id', id);
        element.setAttribute('variant', 'compact');
        return element;
      }),
    );
  },
  clear: () => provider.replaceChildren(),
});
