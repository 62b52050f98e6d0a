"""The words a look is described in: colours with their tones, hair, beards, clothes, hats. Data only.

In lower case without accents, in six languages; a word ending in `*` stands for all that begin with it.
"""

from pixora_pipeline.providers.embedded.artist.colour import Tone

TONES: dict[str, Tone] = {
    "red": Tone(0.5, 0.17, 27),
    "crimson": Tone(0.43, 0.16, 20),
    "orange": Tone(0.66, 0.16, 55),
    "yellow": Tone(0.82, 0.15, 92),
    "gold": Tone(0.78, 0.13, 85),
    "green": Tone(0.5, 0.11, 148),
    "teal": Tone(0.5, 0.09, 195),
    "blue": Tone(0.46, 0.13, 256),
    "navy": Tone(0.3, 0.09, 262),
    "purple": Tone(0.42, 0.14, 305),
    "pink": Tone(0.74, 0.12, 355),
    "brown": Tone(0.42, 0.07, 55),
    "black": Tone(0.22, 0.015, 270),
    "white": Tone(0.93, 0.012, 90),
    "grey": Tone(0.66, 0.012, 250),
    "blond": Tone(0.8, 0.1, 85),
    "auburn": Tone(0.45, 0.12, 40),
}
COLOUR_WORDS: dict[str, str] = {
    "red": "red scarlet ruby rot* rouge* rojo roja rosso rossa vermelh*",
    "crimson": "crimson maroon burgundy",
    "orange": "orange naranja arancione laranja",
    "yellow": "yellow gelb* jaune* amarill* giall* amarel*",
    "gold": "gold golden dore* dorad* dorat* dourad*",
    "green": "green emerald grun* vert verte verde verdes",
    "teal": "teal turquoise cyan",
    "blue": "blue azure blau* bleu* azul* azzurr* blu",
    "navy": "navy indigo",
    "purple": "purple violet lilac lila violett* morad* viola roxo roxa",
    "pink": "pink rosa rose",
    "brown": "brown chestnut braun* brun* marron castan* marrone",
    "black": "black raven ebony jet schwarz* noir* negr* ner* pret*",
    "white": "white snowy weiss* blanc* blanche blanco* bianc* branc*",
    "grey": "grey gray silver grau* gris* grigi* cinza* silber*",
    "blond": "blond* fair flaxen straw rubio rubia biond* loir*",
    "auburn": "auburn ginger redhead copper rothaarig* roux rousse pelirroj*",
}
HAIR = "hair haired haare haar cheveux pelo cabello capelli cabelo* locks curls braid braids"
BEARD = "beard bearded moustache mustache bart bartig* barbe barbu barba barbud*"
WEAR = (
    "coat cloak robe robes dress jacket shirt tunic gown suit uniform cape vest sweater armour armor sari kimono toga "
    "mantel kleid jacke hemd umhang manteau veste vestido abrigo chaqueta cappotto abito giacca casaco vestida"
)
HATS = "hat cap hood crown helmet scarf turban hut mutze chapeau sombrero cappello chapeu bonnet beret headscarf veil"
