"""Vectors by `/embeddings`."""

from collections.abc import Sequence

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
        def send(credential: Credential) -> Answer:
            with talking(self, credential) as client:
                # Gateways do not all know base64, which the SDK would ask for.
                answer = client.embeddings.create(model=self.offer.model, input=texts, encoding_format="float")
            vectors = [each.embedding for each in sorted(answer.data, key=lambda each: each.index)]
            if len(vectors) != len(texts) or len({len(vector) for vector in vectors}) != 1:
                raise BadOutput(self.offer.provider, f"it gave {len(vectors)} vectors for {len(texts)} texts")
            usage = {"input": float(answer.usage.prompt_tokens)} if answer.usage else {}
            return self.answered({"vectors": vectors}, usage)

        request = {"model": self.offer.model, "input": texts}
        asked = self.asked(f"embed {hash_value(list(texts))}", request, {"input": sum(map(len, texts)) / 4})
        return [tuple(vector) for vector in self.order.once(asked, send)["vectors"]]
