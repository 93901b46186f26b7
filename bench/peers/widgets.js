import { api, host, interval, look, offer } from './setup.js';

offer({
  show(ids) {
    host.append(
      ...ids.map((id) => {
        const element = document.createElement('job-status');
        element.setAttribute('job-id', id);
        element.setAttribute('api-url', api);
        if (interval > 0) element.setAttribute('poll-interval', String(interval));
        // What the peers' rows show is title, status, bar, percentage and message, in one line.
        if (look === 'row') element.setAttribute('variant', 'compact');
        if (look !== 'whole') for (const name of ['hide-times', 'hide-actions', 'quiet']) element.toggleAttribute(name, true);
        return element;
      }),
    );
  },
  clear: () => host.replaceChildren(),
});
