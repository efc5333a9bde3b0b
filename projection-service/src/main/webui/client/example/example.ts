// The smallest page that reads: one path of one webspace, for one node, for as long as it is open.
import { DocumentReader, RoomConnection, roomUrl } from 'hub-client';

/** What is asked, as the form has it. */
export interface Question {
  token: string;
  webspace: string;
  node: string;
  address: string;
}

/** What is known of it. */
export interface Answer {
  state: string;
  place: string;
  value: string;
}

/** Follows one address; the answer ends it. */
export function follow(question: Question, show: (answer: Answer) => void): () => void {
  const { token, webspace, node, address } = question;
  const hub = new URL('/', document.baseURI).href;
  const connection = new RoomConnection({ url: roomUrl(webspace, hub), token });
  let doc = connection.current().doc;
  let stopReading = (): void => undefined;

  const read = () => {
    stopReading();
    ({ doc } = connection.current());
    const reader = new DocumentReader(doc, { node });
    const tell = () => {
      const found = reader.find(address);
      show({
        state: connection.current().state,
        place: found?.path ?? 'nowhere',
        value: found ? JSON.stringify(found.value, null, 2) : '',
      });
    };
    const stopWatching = reader.watch(address).subscribe(tell);
    const stopListening = connection.subscribe(() => {
      // After the room went back to an older state there is another document.
      if (connection.current().doc === doc) tell();
      else read();
    });
    stopReading = () => {
      stopWatching();
      stopListening();
    };
    tell();
  };

  read();
  const stopConnection = connection.start();
  return () => {
    stopReading();
    stopConnection();
  };
}

const form = document.querySelector<HTMLFormElement>('form#question');
let stop = (): void => undefined;
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  const text = (name: string) => String(new FormData(form).get(name) ?? '').trim();
  const put = (id: string, said: string) => {
    const place = document.getElementById(id);
    if (place) place.textContent = said;
  };
  stop();
  stop = (): void => undefined;
  try {
    stop = follow(
      { token: text('token'), webspace: text('webspace'), node: text('node'), address: text('address') },
      (answer) => Object.entries(answer).forEach(([id, said]) => put(id, said as string)),
    );
  } catch (failure) {
    put('state', failure instanceof Error ? failure.message : String(failure));
  }
});
