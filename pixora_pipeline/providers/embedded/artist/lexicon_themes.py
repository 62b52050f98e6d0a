"""The words that call up themes: people, rooms, things and ideas. Data only.

In lower case without accents: English, and a handful each of German, French, Spanish, Italian and Portuguese.
"""

from pixora_pipeline.providers.embedded.artist.concept import Concept

THEMES: tuple[Concept, ...] = (
    Concept(
        "interior",
        "room rooms kitchen bedroom parlour parlor fireplace hearth armchair sofa indoors "
        "inside attic zimmer stube kamin fenster kuche chambre salon cuisine fenetre cheminee habitacion cocina "
        "ventana stanza cucina finestra camino quarto cozinha janela sala dinner supper family",
        "home house table chair chairs sat sitting bed tea coffee curtain* floor wall evening warm cosy cozy "
        "conversation* talked guest* candle* living lamp window windows",
    ),
    Concept(
        "door",
        "door doors doorway gate gates threshold entrance portal exit tur turen tor porte portes puerta* porta "
        "portas umbral seuil schwelle soglia",
        "open opens opened opening enter enters entered key keys unlock* secret escape* freedom prison chance "
        "opportunit* beyond arrive* welcome closed lock* room",
    ),
    Concept(
        "crowd",
        "crowd* people peoples procession parade assembly audience multitude citizens demonstrat* protest* "
        "revolution* migration refugee* strike* rally menge volk leute foule peuple gens multitud gente pueblo "
        "folla popolo multidao povo democracy election* vote votes voter* population* society",
        "together community nation nations everyone men women workers voters march marched exodus slaves festival "
        "celebrat* dance danced public population thousands humanity",
    ),
    Concept(
        "battle",
        "battle* war wars army armies soldier* warrior* fight fights fought fighting fighter* invasion invad* "
        "conquer* conquest* spear* sword* siege troops cavalry legion* krieg* schlacht* heer soldat* guerre* "
        "bataille* armee guerra* batalla* ejercito battaglia* esercito batalha* exercito",
        "enemy enemies victory victor* defeat* defend* attack* weapon* shield* general blood death dead kill* "
        "slain banner* horse horses hero heroes",
    ),
    Concept(
        "network",
        "network* internet web computer* data digital algorithm* software connected connection* node nodes neural "
        "brain* neuron* mind information communication* technolog* ai artificial intelligence blockchain system "
        "systems netzwerk* daten gehirn* reseau* donnees cerveau redes datos cerebro rete reti dati cervello "
        "rede dados dna gene genes genetic* protein* molecul* virus* bacteri* cell cells blood heart body nerve* "
        "immune organ organs medicine telephone phone",
        "link links linked social graph signal* code program* online platform* model models learn* thought* "
        "think* idea ideas message* structure complex* relation* exchange organisation organization",
    ),
    Concept(
        "orbits",
        "atom atoms atomic electron* nucleus quantum particle* proton* physics cycle cycles orbit* solar revolve* "
        "rotation concentric circle circles sphere* atome* atomo* kreis kreislauf cercle* circulo* cerchi* "
        "nuclear relativity energy experiment* science scientist* scientific",
        "theory theories law laws force forces motion matter element* principle* core centre center balance "
        "nature chemistry harmony wave repeat* around einstein newton",
    ),
    Concept(
        "balance",
        "balance* justice judge* court law laws equality fair fairness scale scales rights trial moral* ethic* "
        "verdict lawyer* compromise equilibrium gerechtigkeit gericht recht waage equilibre justicia ley "
        "equilibrio giustizia legge justica lei",
        "decide* decision* choice* choose choosing weigh* versus compare* difference* dilemma responsib* truth "
        "right wrong guilt* debate* both reason crime punish*",
    ),
    Concept(
        "growth",
        "growth econom* market markets profit* money price prices percent percentage statistic* chart* stock "
        "stocks trade inflation invest* business* revenue income finance* financial gdp bank banks wirtschaft* "
        "geld wachstum economi* argent croissance dinero crecimiento mercado denaro crescita crescimento dinheiro "
        "tax taxes debt cost costs sell buy wage* salary salaries wealth*",
        "rise rises rising rose increase* increased decline* fall crisis rich poor goal goals success* progress* "
        "result* number numbers rate rates million billion double develop* improve* budget sell*",
    ),
    Concept(
        "machine",
        "machine* gear gears clockwork engine* mechani* factory factories industr* robot* invent* steam steel "
        "piston* automat* technology maschine* fabrik zahnrad motor* usine maquina* fabrica* macchina* fabbrica* "
        "ingranagg* engrenage* engranaje*",
        "wheel wheels work works worker* build* built design* tool tools iron metal production power electric* "
        "system process* engineer* function* motor pump turn device device*",
    ),
    Concept(
        "book",
        "book books letter letters library page pages write writes writer* writing wrote written poem* poet* "
        "novel* story stories read reads reading reader* scroll* diary manuscript* author* buch bucher brief "
        "briefe bibliothek livre* lettre* bibliotheque ecriv* libro libros carta cartas biblioteca libri lettera "
        "lettere livro* scholar* scribe* teacher* school philosoph* essay lesson* student* education",
        "word words tale tales learn* knowledge study studied history chapter text ink pen paper candle language "
        "languages translate* wisdom desk document* memory",
    ),
    Concept(
        "hourglass",
        "hourglass clock clocks century eternity hour hours decade* deadline* zeit uhr stunde* jahrhundert* temps "
        "horloge heure* siecle* tiempo reloj hora horas siglo* tempo orologio ora secolo relogio seculo* "
        "centuries",
        "year years past future age ages wait* waited moment* minute* second seconds late old slow slowly forever "
        "eternal mortal* death history generation* calendar patience change* end time",
    ),
    Concept(
        "abstract",
        "abstract emotion* feeling* music* soul spirit imagination color colors colour colours gefuhl* seele "
        "musik musique emotion ame musica alma emocion* anima emozion* emocao",
        "love joy hope fear beauty* art artist* dream* harmony sound* song songs mood peace sadness anger "
        "creativ* inspiration passion freedom meaning wonder",
    ),
)
