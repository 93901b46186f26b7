import { api, host, interval, offer, whole } from './setup.js';

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
        // What the peers' rows show is title, status, bar, percentage and message; `whole` adds times, buttons and speech.
        if (!whole) for (const name of ['hide-times', 'hide-actions', 'quiet']) element.toggleAttribute(name, true);
        return element;
      }),
    );
  },
  clear: () => provider.replaceChildren(),
});
