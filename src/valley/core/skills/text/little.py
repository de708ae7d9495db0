"""Which words of Dutch, English and German carry no meaning of their own, or too little to stand alone?

Written for job texts; all in the plain form of ``valley.core.skills.words`` (lower case, no accents, ß as ss).
"""

from __future__ import annotations

from collections.abc import Mapping


def _each(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION: Mapping[str, frozenset[str]] = {
    "nl": _each(
        """
        aan al alle alles als altijd ben bent bij binnen daar daarbij daarnaast daarom dan dat de deze
        die dit door dus een eigen elk elke en er erg ervoor ga gaan gedurende gaat geen goed goede graag haar had heb
        hebben hebt heeft hem hen het hier hierbij hij hoe hun ie ieder iedere ik in is ja je jezelf jij jou
        jouw jullie kan kun kunnen kunt maar meer met mij mijn moet moeten na naar niet nog nu of om
        omdat ons onze ook op over samen te tegen toch tot tussen u uit uw van vanuit
        veel via voor waar waarbij waarin waarmee wanneer want wat we wel welke werd wie
        wij wil willen wilt word worden wordt zal ze zelf zich zij zijn zo zoals zodat zonder zou zowel
        """
    ),
    "en": _each(
        """
        a about across after all also am an and any are as at be because been before being between both but
        by can could did do does during each etc every for from get good had has have having he her here his how i
        if in into is it its just like ll more most must my no not of off on once only or other our out over
        own re shall she should so some such than that the their them then there these they this those
        through to too under up upon us ve very was we well were what when where which while who whom why
        will with within without would you youll your youre yours yourself youve
        """
    ),
    "de": _each(
        """
        ab aber alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da dabei
        damit dann das dass dein deine deinem deinen deiner dem den denn der des dich die dies diese diesem
        diesen dieser dieses dir du durch ein eine einem einen einer eines er es etwas euch euer
        eure fur gegen gern gerne gut gute guten guter gutes hab habe haben hast hat hier ich ihm ihn ihnen ihr
        ihre ihrem ihren ihrer im in innen ins ist ja jede jedem jeden jeder kann kannst kein keine keinen
        keiner konnen konnt man mehr mein mit muss musst nach nicht noch nur ob oder ohne sehr sein seine
        sich sie sind so soll sowie sowohl uber uberdies um und uns unser unsere unserem unseren unserer
        unter viel vom von vor wahrend war was weil welche wenn wer werden wie will wir wird wirst wo zu zum
        zur zwischen
        """
    ),
}
"""Left out of every comparison; also what a language is recognised by."""

LITTLE: Mapping[str, frozenset[str]] = {
    "nl": _each(
        """
        aanbod afdeling bel bellen baan bedienen bedrijf bedrijven beheren bieden collega collegas contact dag
        dagelijks dienst diensten doen ervaring focus functie gebruiken geven groep helpen hulp informatie
        kennis klant
        klanten leren maken medewerker medewerkers mensen niveau office opdracht opleiding organisatie
        passie plaats probleem problemen product producten rol rooster school schrijf schrijven service
        systeem taak taken talent team
        teams tijd training uitvoeren uur vaardigheden vaardigheid verlenen vraag vragen werk werken
        werkzaamheden zaken zoeken zorg zorgen
        """
    ),
    "en": _each(
        """
        ask business call calling calls client clients colleagues company contact customer customers daily
        day department
        employee employees environment experience functions group help issues information job knowledge lead learn
        learning make offer office organisation organization passion people place problem problems process
        product products provide role service services skill skills staff support
        understand understanding system systems task tasks
        team teams time training use using word work working write writing
        """
    ),
    "de": _each(
        """
        abteilung anfragen angebot arbeit arbeiten aufgabe aufgaben ausbildung bereich dienst dienste
        erfahrung firma fragen gruppe hilfe information informationen job kenntnis kenntnisse kollege
        kollegen kontakt kunde kunden
        kundinnen leistung lernen leute machen menschen mitarbeiter nutzen office organisation problem
        probleme produkt produkte rolle schule service stelle system systeme tag team teams training
        unternehmen verwenden zeit
        """
    ),
}
"""Words that propose nothing on their own, whatever concept has them as a label: "service", "werken"."""

SHOWN: Mapping[str, frozenset[str]] = {
    "nl": _each("tonen zijn hebben"),
    "en": _each("show exercise demonstrate display act"),
    "de": _each("zeigen beweisen"),
}
"""Verbs of labels that texts leave out: "show empathy" is asked as "empathy"."""

OTHER_TONGUES: Mapping[str, frozenset[str]] = {
    "French": _each(
        """
        au aux avec dans des du est et les notre nous ou pour que qui sont sur une votre vous
        """
    ),
    "Spanish": _each(
        """
        al como con del el es las los mas nuestro para por que se su sus tu una y
        """
    ),
    "Italian": _each(
        """
        al alla che con del della di e gli il le lo nei nostro per si sono tuo una
        """
    ),
    "Polish": _each(
        """
        dla do i jak jest lub na nie od oraz po praca przez sie twoje w z
        """
    ),
    "Portuguese": _each(
        """
        as com da das do dos e em na no nosso os para por que sao uma voce
        """
    ),
    "Turkish": _each(
        """
        bir bizim bu cok da de icin ile olarak sizin ve ya
        """
    ),
}
"""Enough of the region's other languages to say which language a text is in that we do not read."""
