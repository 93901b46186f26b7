import { serviceOffers } from '../../api/offers.ts';
import { listTemplates, removeTemplate, renameTemplate, saveTemplate, type TemplateContent } from '../../api/templates.ts';
import type { JobStore } from '../../store/job-store.ts';
import type { FormValues } from './fields.ts';
import type { Preset, PresetShelf } from './presets.ts';
import { textsOf, valuesOf } from './values.ts';

/** The service's templates of a user; `null` where it keeps none. Rejects when it does not answer. */
export async function openServiceShelf({ client }: JobStore, userId: string): Promise<PresetShelf | null> {
  const { templates } = await serviceOffers(client);
  if (templates === null) return null;

  const list = async (): Promise<readonly Preset[]> =>
    (await listTemplates(client, userId)).map(({ id, name, content: { video_request: video, priority } }) => ({
      id,
      name,
      // Whatever once was stored: what is no value of a field is left out.
      values: valuesOf(textsOf({ ...video, priority })),
    }));

  return {
    list,
    async save({ id, name, values }) {
      const taken = (await list()).find((preset) => preset.name.toLowerCase() === name.toLowerCase());
      const place = id ?? taken?.id;
      if (place === undefined) await saveTemplate(client, userId, { name, content: contentOf(values) });
      else if (id !== undefined) await renameTemplate(client, userId, place, name);
      else await saveTemplate(client, userId, { id: place, name, content: contentOf(values) });
      return list();
    },
    async remove(id) {
      await removeTemplate(client, userId, id);
      return list();
    },
  };
}

function contentOf({ priority, script_id: _script, ...video }: FormValues): TemplateContent {
  return { video_request: video, ...(priority === undefined ? {} : { priority }) };
}
