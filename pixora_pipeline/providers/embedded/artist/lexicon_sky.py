"""The words that call up a time of day or a kind of weather. Data only.

In lower case without accents: English, and a handful each of German, French, Spanish, Italian and Portuguese.
"""

from pixora_pipeline.providers.embedded.artist.concept import Concept

LIGHTS: tuple[Concept, ...] = (
    Concept(
        "dawn",
        "dawn sunrise daybreak sunup aurora morgenrot sonnenaufgang aube aurore amanecer alba alvorada amanhecer",
        "morning early awak* wake* begin* began morgen matin manana mattina manha birth born new first hope",
    ),
    Concept(
        "day",
        "noon midday daylight sunny mittag midi mediodia mezzogiorno bright",
        "day sun summer afternoon jour dia giorno blue spring clear",
    ),
    Concept(
        "dusk",
        "dusk sunset twilight evening nightfall gloaming abend* dammerung sonnenuntergang crepuscul* soir "
        "atardecer ocaso tramonto sera entardecer poente",
        "ember* glow* golden fading autumn farewell red west goodbye burning",
    ),
    Concept(
        "night",
        "night nights midnight moon moonlight moonlit starry stars nocturnal nacht mitternacht mond sterne nuit "
        "minuit lune etoiles noche medianoche luna estrellas notte mezzanotte stelle noite lua estrelas",
        "dark darkness dream* sleep* star shadow* lantern* torch* candle* owl",
    ),
)

WEATHERS: tuple[Concept, ...] = (
    Concept(
        "storm",
        "storm storms stormy thunder* lightning tempest hurricane gale typhoon sturm gewitter orage tempete "
        "tormenta tempesta temporale tempestade",
        "rage* roar*",
    ),
    Concept(
        "rain",
        "rain rains rained rainy raining drizzle downpour monsoon regen regnet pluie pleut lluvia llueve pioggia "
        "piove chuva chove",
        "wet umbrella puddle*",
    ),
    Concept(
        "snow",
        "snow snows snowy snowed snowfall snowstorm blizzard frost frozen winter icy schnee neige hiver nieve "
        "invierno neve inverno eis",
        "cold freez* arctic antarctic* polar ice",
    ),
    Concept(
        "fog",
        "fog foggy mist mists misty haze hazy nebel brouillard brume niebla nebbia nevoa neblina",
        "vapour",
    ),
)
