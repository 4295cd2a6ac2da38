/** What is sent to save preferences: what a person chose, without what the gateway said about it. */
import type {
  ChoiceRead,
  PersonalChannel,
  PreferencesRead,
  PreferencesUpdate,
} from '@ultrarslanoglu/api-client';

export const toUpdate = ({ kinds, ...rest }: PreferencesRead): PreferencesUpdate => ({
  ...rest,
  kinds: kinds.map(({ kind, in_app, push, email }) => ({ kind, in_app, push, email })),
});

export const withChannel = (
  kinds: readonly ChoiceRead[],
  kind: string,
  channel: PersonalChannel,
  isOn: boolean,
): ChoiceRead[] => kinds.map((choice) => (choice.kind === kind ? { ...choice, [channel]: isOn } : choice));
