import { startTestService } from '../support/service.ts';
import { contractSuite } from './job-api.ts';

contractSuite(
  'the job service',
  async () => {
    const service = await startTestService();
    return {
      baseUrl: service.url,
      stop: service.stop,
      makeSlowRequest: (plain) => ({ ...plain, video_request: { ...plain.video_request, duration: 60, resolution: '1080p' } }),
      // Accepted, since a backend may know any template; the renderer knows no such one.
      makeFailingRequest: (plain) => ({ ...plain, video_request: { ...plain.video_request, template_id: 'no-such-template' } }),
      patience: 120_000,
    };
  },
  { extensions: true, walks: true },
);
