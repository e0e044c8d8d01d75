package text

// Familiar words and turns. Only what stays familiar whatever is spoken of: a word that is also an ordinary one is listed in the
// expressions that make it familiar.
var slangLexicon = lexicon{
	fr: `wesh, mdr, mdrr*, ptdr, xptdr, lol, loul, de ouf, un truc de ouf, chelou, kiff*, bg, frérot, reuf, reum, reup, meuf, keum, keuf, stylé, stylée, askip, tkt, dinguerie, bestie, cringe, crush,
bosser, bosse dur, boulot, taf, thune, fric, pote, gosse, mec, nana, relou, ouf, zarbi, oklm, jpp, jsp, jpeux, slt, cc toi, bjr, stp, svp tkt, dsl, pk, pcq, pq tu, bcp, tjs, tjrs, qqn, qqch, rdv tkt, mtn, ajd, auj, wsh, bb, bro, sista,
grave bien, grave stylé, trop bien, trop cool, trop stylé, trop bon, trop beau, trop fort, trop drôle, trop hâte, cool, top moumoute, nickel, génial de ouf, super cool, carrément,
ça claque, ça déchire, ça envoie, ça tue, on s'éclate, s'éclater, kékette, frérots, daron, daronne, gadjo, bicrave, seum, avoir le seum, yolo, ouais, ouaip, nan mais, bah, ben ouais, hein, pfff*, youpi, yes, yeah, hey, coucou, salut la team, la team,
les gars, les copains, les loulous, choupi, choupinou, oups, waouh, wouah, wow, miam, beurk, flippant, bluffant de ouf, dingue, foufou, déglingué, vénère, génialissime, au calme, tranquillou, bisous, bizz, biz, gros bisous, la vibe, good vibes, vibe, ambiance de dingue, un max, max de, trop d'la balle, à donf, à fond les ballons, ça roule, qui est chaud, qui est chaude, vous êtes chaud, vous êtes chauds, au taquet, on lâche rien, ça gaze, trop chouette, trop chou, trop content, trop contente, trop top, trop classe, trop génial, trop mims,
omg, wtf, ptn, chui, chépa, poto, zinzin, la miff, kdo, allez hop, hop hop hop, big up, force à vous, force à toi, masterclass`,
	en: `lol, lmao, lmfao, rofl, omg, omfg, wtf, tbh, imo, imho, smh, idk, ikr, btw, fyi lol, slay, slayed, slaying, vibe, no cap, bestie, fam, gonna, gimme, wanna, gotta, lemme, dunno, kinda, sorta, lowkey, highkey, sus, bussin, yeet, bro, bruh, dude, y'all, ya'll, yall, ain't, ur, u r, thx, pls, plz,
cuz, coz, 'cause, cos i, yep, yup, yeah, nope, nah, hey, hiya, heya, yo, yay, woohoo, woo hoo, wow, whoa, oops, ugh, meh, duh, haha*, hehe*, hella, legit, lit af, af, rizz, flex on, spill the tea, it's giving, main character energy, glow up, living my best life, mood af, on fleek, fleek, on point af, squad goals, goals af, hangry, hubby,
awesome sauce, awesomesauce, badass, kickass, kick-ass, crap, crappy, freakin, freaking, friggin, shit*, bullshit, fuck*, ass off, screwed up, sucky, you guys, kiddo, folks y'all, cheers mate, gotcha, betcha, outta, lotta, cool beans, no biggie, super cute, totally, whatcha, chillin, chillax, deets, legit af, fomo, yolo, swag, woke af, the feels, all the feels, bae, peeps, tho, luv, xoxo, besties, obsessed,
ngl, iykyk, hmu, tysm, omw, fr fr, hits different, big mood, can't even, say less, mic drop, hot mess, boo-yah, woot, yas, yass, vibing, adulting, doggo, pupper, cray cray, sesh, brekkie, bday, bff, girlie, stoked, psyched, hyped, deadass, noob`,
}

// acronyms are entries that are names when they stand in capitals: of an agency, a firm, a line, a kind of beer.
const acronyms = ", IMO, AF, SMH, BAE, NGL, FAM, SUS, UR, THX, HMU, BTW, BG, TAF, STP, DSL, PK, JSP, MTN, BB,"
