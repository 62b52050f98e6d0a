"""Vectors by `/embeddings`."""

from collections.abc import Sequence

import numpy as np

from pixora_pipeline.model.content import hash_value
from pixora_pipeline.model.results import Embeddings
from pixora_pipeline.providers.calls import Answer, Credential
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.hosted import Hosted
from pixora_pipeline.providers.openai.client import talking

AT_ONCE = 256
"""Texts a request."""


class OpenAIEmbedder(Hosted):
    """A model behind `/embeddings`."""

    def embed(self, texts: Sequence[str]) -> Embeddings:
        """A vector for each text."""
        groups = [list(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
        return Embeddings(vectors=tuple(vector for group in groups for vector in self._group(group)))

    def _group(self, texts: list[str]) -> list[tuple[float, ...]]:
        name = hash_value(texts)
        # In a file: a library's vectors would be most of what the journal's database holds.
        file = f"{name}.npy"

        def send(credential: Credential) -> Answer:
            with talking(self, credential) as client:
                # Gateways do not all know base64, which the SDK would ask for.
                answer = client.embeddings.create(model=self.offer.model, input=texts, encoding_format="float")
            vectors = [each.embedding for each in sorted(answer.data, key=lambda each: each.index)]
            if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1 or not vectors[0]:
                raise BadOutput(self.offer.provider, f"it gave {len(vectors)} vectors for {len(texts)} texts")
            np.save(self.order.file(file), np.asarray(vectors, np.float32))
            usage = {"input": float(answer.usage.prompt_tokens)} if answer.usage else {}
            return self.answered({"dimensions": len(vectors[0])}, usage)

        request = {"model": self.offer.model, "input": texts}
        asked = self.asked(f"embed {name}", request, {"input": sum(map(len, texts)) / 4})
        self.order.once(asked, send, files=(file,))
        return [tuple(vector) for vector in np.load(self.order.file(file), allow_pickle=False).tolist()]
