"""The words that call up places: country, water, towns, sky. Data only.

In lower case without accents: English, and a handful each of German, French, Spanish, Italian and Portuguese.
"""

from pixora_pipeline.providers.embedded.artist.concept import Concept

PLACES: tuple[Concept, ...] = (
    Concept(
        "mountains",
        "mountain mountains mountaintop* peak peaks summit* alps alpine everest himalaya* andes glacier* ridge "
        "ridges sierra berg berge bergen gebirge gipfel montagne* sommet sommets montana montanas cumbre* "
        "cordillera montagna vetta cima montanha* cume serra",
        "climb* highland* heights altitude valley valleys slope slopes rock rocks cliff* avalanche steep tal "
        "vallee valle goat* eagle*",
    ),
    Concept(
        "forest",
        "forest* wood woods woodland* jungle* rainforest* grove groves cedar cedars pine pines fir firs wald "
        "walder foret* bois bosque* selva* floresta* foresta* bosco boschi",
        "trees oak oaks deer wolf wolves bear bears leaf leaves mushroom* moss undergrowth hunter* hunt hunting "
        "branch branches baume arbres arboles alberi arvores timber",
    ),
    Concept(
        "desert",
        "desert deserts dune dunes sahara oasis caravan* sand sands sandstorm wuste wusten dunas desierto* "
        "deserto deserti sable arena sabbia areia camel* egypt* nomad* mirage bedouin*",
        "drought thirst* arid heat scorch* cactus cacti arabia*",
    ),
    Concept(
        "sea",
        "sea seas ocean oceans ship ships sail sails sailing sailor* sailed voyage* galleon* fleet captain* "
        "pirate* meer ozean schiff* segel* mer navire* vaisseau bateau* mar mares oceano barco* buque nave navi "
        "navio* mare boat boats waves harbour harbor flood* fisherman fishermen ark raft atlantic pacific odyssey "
        "crew",
        "wave port anchor* storm navigat* tide* deck mast horizon boot",
    ),
    Concept(
        "coast",
        "lighthouse* coast* shore shores seashore cliff cliffs beach* cape headland leuchtturm kuste* phare cote "
        "faro costa* litoral farol",
        "gull gulls seagull* foam rocks bay harbor harbour beacon strand playa praia spiaggia plage",
    ),
    Concept(
        "island",
        "island islands isle tropical palm palms lagoon* atoll insel* ile iles isla* isola* ilha* robinson castaway*",
        "coconut paradise exotic shipwreck* coral",
    ),
    Concept(
        "bridge",
        "bridge bridges brucke* pont ponts puente* ponte ponti viaduct aqueduct",
        "cross crossing connect span gorge strait engineer*",
    ),
    Concept(
        "lake",
        "lake lakes pond ponds loch see lac lacs lago lagos lagoa laghi canoe reflection*",
        "still mirror swan* calm serene rowing boat",
    ),
    Concept(
        "river",
        "river rivers stream streams brook creek rapids waterfall* fluss flusse strom fleuve riviere rio rios "
        "fiume fiumi",
        "bank banks flow flows flowed flowing valley nile ganges amazon danube rhine water waters delta current "
        "meander* spring",
    ),
    Concept(
        "road",
        "road roads path paths journey* travel* trail trails pilgrim* wander* walked route highway weg wege "
        "strasse reise* chemin* route* voyage voyageur camino* viaje* carretera strada viaggio* cammino estrada "
        "caminho* viagem",
        "way walk walks walking walker step steps leave leaves left depart* far mile miles destination return "
        "returned quest adventure* horse cart follow*",
    ),
    Concept(
        "field",
        "field fields meadow* garden* flower* farm* wheat harvest* crop crops grain orchard* pasture* vineyard* "
        "blossom* prairie feld felder wiese* garten blume* ernte champ champs jardin* fleur* recolte campo campos "
        "jardin flor flores cosecha giardin* fiore fiori raccolto jardim colheita steppe* plain plains savanna* "
        "shepherd* sheep cow cows butterfl* bee bees farmer* peasant* barley bread plough* countryside",
        "plant plants planted grow grows grew seed seeds soil earth spring corn nature land",
    ),
    Concept(
        "village",
        "village* hamlet cottage* house houses church* town towns dorf dorfer haus hauser kirche maison* eglise "
        "pueblo* aldea* casa casas iglesia villaggio chiesa paese aldeia* vila igreja",
        "home homes neighbor* neighbour* square market roof roofs chimney bell bells peasant* folk community heim",
    ),
    Concept(
        "city",
        "city cities skyscraper* skyline metropol* urban downtown street streets traffic avenue stadt stadte "
        "ville villes ciudad* citta cidade* rue calle calles rua",
        "building buildings tower towers modern office* crowd* car cars train trains apartment* subway neon "
        "company companies industrial capital new york london paris tokyo berlin",
    ),
    Concept(
        "castle",
        "castle* fortress* palace* king kings queen queens kingdom* knight* throne royal medieval prince* "
        "princess* citadel burg schloss konig* chateau* roi reine castillo* rey reina reino castell* regina regno "
        "castelo* rei rainha dragon*",
        "wall walls tower towers court lord lords lady crown* duke siege gate banner* rampart* legend",
    ),
    Concept(
        "temple",
        "temple* ruin ruins ruined pyramid* ziggurat* pharaoh* shrine* column columns acropolis parthenon "
        "colosseum greek greece rome roman romans athens uruk babylon* mesopotamia* sumer* maya mayan aztec* inca "
        "gilgamesh pharao* tempel tempio tempi templo* ruine* rovine pirami* piramid*",
        "ancient god gods goddess* altar priest* sacred holy monument* empire emperor* civilization* "
        "civilisation* stone stones archaeolog* antiqu* myth* statue* marble king",
    ),
    Concept(
        "night",
        "star stars starry starlight moon moonlight moonlit milky constellation* comet* "
        "aurora mond stern sterne lune etoile* luna estrella* stella stelle lua estrela*",
        "night nights midnight nacht nachte nuit nuits noche* notte notti noite* "
        "dark darkness dream* sleep* sky heaven* owl telescope astronom* wish silent silence",
    ),
    Concept(
        "space",
        "space planet planets galax* cosmos cosmic saturn mars jupiter venus astronaut* rocket* spacecraft "
        "satellite* nebula* asteroid* orbit orbits orbital nasa spaceship* supernova* weltraum weltall planet* "
        "univers espace espacio universo spazio espaco raumfahrt gravit* black-hole universe telescope* "
        "star-system light-years alien*",
        "earth moon sun solar star stars gravity light-year black hole launch",
    ),
    Concept(
        "cave",
        "cave caves cavern* grotto underground tunnel* mine mines dungeon hohle* grotte* caverne* cueva* caverna* "
        "grotta grotte gruta*",
        "dark deep hidden treasure* stone depth* bat bats dragon* hide hid inside secret",
    ),
    Concept(
        "underwater",
        "underwater undersea whale* dolphin* fish fishes shark* coral reef* octopus submarine* diver* mermaid* "
        "unterwasser wal fisch* baleine* poisson* ballena* pez peces balena* pesce pesci baleia* peixe*",
        "deep depths ocean sea swim* swam dive dived diving seabed marine water plankton",
    ),
    Concept(
        "volcano",
        "volcano* volcan* vulkan* vulcan* lava eruption* erupt* magma crater* pompeii vesuvius etna inferno",
        "fire flame flames ash ashes burn* burning explod* explosion* smoke hell molten destroy* disaster*",
    ),
    Concept(
        "tree",
        "tree oak willow apple-tree olive sycamore baum eiche arbre chene arbol roble albero quercia arvore "
        "carvalho photosynthes* chlorophyll leaf",
        "branch branches root roots leaves shade alone lonely apple seed life growth autumn spring blossom* wise",
    ),
)
