"""Find the actors of a document."""
from __future__ import annotations
from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.language.parse import Article, Parse
def find_actors(article: Article, parse: Parse) -> DocumentActors:
    actors = DocumentActors(parse)
    return actors
