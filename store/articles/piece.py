"""The pieces of which the process that reads articles makes its answer."""

import msgspec

from store.articles.read_article import PassedOver, ReadArticle


class Piece(msgspec.Struct, omit_defaults=True):
    """A piece of an answer: the format in words, an article, or a part that was passed over.

    `missing` is the message and the hint if the machine lacks what the format needs.
    """

    words: str = ""
    article: ReadArticle | None = None
    passed_over: PassedOver | None = None
    missing: tuple[str, str] | None = None


encode_piece = msgspec.msgpack.Encoder().encode
decode_piece = msgspec.msgpack.Decoder(Piece).decode
