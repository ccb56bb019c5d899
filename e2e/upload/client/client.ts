import { attempts, decodeError, type RetryOptions } from "./uploaderr.ts";

/** A client of the upload service. It throws an UploadError for an error that the service sends. */
export class Client {
  readonly #base: string;
  readonly #retry: RetryOptions;

  constructor(base: string, retry: RetryOptions = {}) {
    this.#base = base;
    this.#retry = retry;
  }

  /** Stores a file. It retries as the table allows. */
  async upload(name: string, content: string): Promise<void> {
    const work = attempts(name, this.#retry);
    let caught: unknown;
    while (await work.again(caught)) {
      try {
        const body = new URLSearchParams({ name, content });
        await this.#request("/files", { method: "POST", body });
        return;
      } catch (e) {
        caught = e;
      }
    }
    throw caught;
  }

  /** Returns the content of a file. */
  file(name: string): Promise<string> {
    return this.#request(`/files/${encodeURIComponent(name)}`);
  }

  async #request(path: string, init?: RequestInit): Promise<string> {
    const response = await fetch(this.#base + path, init);
    const body = await response.text();
    if (response.ok) return body;
    throw decodeError(response.status, response.headers, body);
  }
}
